package io.filejob.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.filejob.model.FileJobSpec;
import io.filejob.operator.Jobs;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MountsTest {
    private static final String INPUT = "\"input\": {\"files\": [\"/data/a.csv\"]}, \"operation\": {\"average\": {}}";

    private static FileJobSpec spec(String more) {
        return Jobs.job("{" + INPUT + more + "}").getSpec();
    }

    @Test
    void claimsAreMountedWhereTheSpecSays() {
        FileJobSpec spec = spec("""
                , "volumes": [{"name": "in", "claimName": "songs", "mountPath": "/data", "readOnly": true},
                              {"name": "out", "claimName": "results", "mountPath": "/out"}]
                """);

        Map<String, Volume> volumes =
                Mounts.volumes(spec).stream().collect(Collectors.toMap(Volume::getName, Function.identity()));
        List<VolumeMount> mounts = Mounts.of(spec);

        assertThat(volumes).containsOnlyKeys("filejob-scratch", "in", "out");
        assertThat(volumes.get("in").getPersistentVolumeClaim().getClaimName()).isEqualTo("songs");
        assertThat(volumes.get("in").getPersistentVolumeClaim().getReadOnly()).isTrue();
        assertThat(volumes.get("out").getPersistentVolumeClaim().getReadOnly()).isFalse();
        assertThat(mounts)
                .extracting(VolumeMount::getName, VolumeMount::getMountPath, VolumeMount::getReadOnly)
                .containsExactly(
                        tuple("filejob-scratch", "/tmp", false),
                        tuple("in", "/data", true),
                        tuple("out", "/out", false));
    }

    @Test
    void everySecretIsAFolderToReadOnceEach() {
        FileJobSpec two =
                spec(", \"s3\": {\"credentialsSecret\": {\"name\": \"keys\"}, \"caSecret\": {\"name\": \"ca\"}}");
        FileJobSpec one =
                spec(", \"s3\": {\"credentialsSecret\": {\"name\": \"s3\"}, \"caSecret\": {\"name\": \"s3\"}}");

        assertThat(Mounts.of(two).stream().filter(VolumeMount::getReadOnly))
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/etc/filejob/secrets/keys", "/etc/filejob/secrets/ca");
        assertThat(Mounts.volumes(one).stream().filter(volume -> volume.getSecret() != null))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("s3"));
        assertThat(Mounts.of(spec(""))).extracting(VolumeMount::getName).containsExactly("filejob-scratch");
    }
}
