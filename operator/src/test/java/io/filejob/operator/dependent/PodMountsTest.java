package io.filejob.operator.dependent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.filejob.model.FileJobSpec;
import io.filejob.operator.Jobs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PodMountsTest {
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

        List<Volume> volumes = PodMounts.volumes(spec, null);
        List<VolumeMount> mounts = PodMounts.of(spec);

        assertThat(volumes)
                .extracting(Volume::getName, PodMountsTest::claim)
                .containsExactly(
                        tuple("filejob-scratch", null),
                        tuple("in", claimed("songs", true)),
                        tuple("out", claimed("results", false)));
        assertThat(mounts)
                .extracting(VolumeMount::getName, VolumeMount::getMountPath, VolumeMount::getReadOnly)
                .containsExactly(
                        tuple("filejob-scratch", "/tmp", false),
                        tuple("in", "/data", true),
                        tuple("out", "/out", false));
    }

    private static @Nullable PersistentVolumeClaimVolumeSource claim(Volume volume) {
        return volume.getPersistentVolumeClaim();
    }

    private static PersistentVolumeClaimVolumeSource claimed(String name, boolean readOnly) {
        return new PersistentVolumeClaimVolumeSource(name, readOnly);
    }

    @Test
    void everySecretIsAFolderToReadOnceEach() {
        FileJobSpec two =
                spec(", \"s3\": {\"credentialsSecret\": {\"name\": \"keys\"}, \"caSecret\": {\"name\": \"ca\"}}");
        FileJobSpec one =
                spec(", \"s3\": {\"credentialsSecret\": {\"name\": \"s3\"}, \"caSecret\": {\"name\": \"s3\"}}");

        assertThat(PodMounts.of(two).stream().filter(VolumeMount::getReadOnly))
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/etc/filejob/secrets/keys", "/etc/filejob/secrets/ca");
        assertThat(PodMounts.volumes(one, null).stream().filter(volume -> volume.getSecret() != null))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getSecret().getSecretName()).isEqualTo("s3"));
        assertThat(PodMounts.of(spec(""))).extracting(VolumeMount::getName).containsExactly("filejob-scratch");
    }

    @Test
    void soIsThatOfADatabase() {
        String ingest = """
                "operation": {"ingest": {"database": {"secret": {"name": "products-db"}}, "table": "products", "mode": "append"}}
                """;
        FileJobSpec alone = Jobs.job("{\"input\": {\"files\": [\"/data/a.csv\"]}, " + ingest + "}")
                .getSpec();
        FileJobSpec withStorage = Jobs.job("{\"input\": {\"files\": [\"s3://shop/a.csv\"]}, \"s3\":"
                        + " {\"credentialsSecret\": {\"name\": \"s3\"}, \"caSecret\": {\"name\": \"products-db\"}}, "
                        + ingest + "}")
                .getSpec();

        assertThat(secrets(alone)).containsExactly("/etc/filejob/secrets/products-db <- products-db 0440");
        assertThat(secrets(withStorage))
                .containsExactly(
                        "/etc/filejob/secrets/s3 <- s3 0440", "/etc/filejob/secrets/products-db <- products-db 0440");
    }

    /** Where which Secret is mounted, to be read by whom. */
    private static List<String> secrets(FileJobSpec spec) {
        Map<String, SecretVolumeSource> sources = PodMounts.volumes(spec, null).stream()
                .filter(volume -> volume.getSecret() != null)
                .collect(Collectors.toMap(Volume::getName, Volume::getSecret));
        return PodMounts.of(spec).stream()
                .filter(mount -> sources.containsKey(mount.getName()))
                .map(mount -> {
                    SecretVolumeSource source = Objects.requireNonNull(sources.get(mount.getName()));
                    return "%s <- %s %04o"
                            .formatted(mount.getMountPath(), source.getSecretName(), source.getDefaultMode());
                })
                .toList();
    }

    @Test
    void scratchSpaceIsLimitedWhereThatIsAskedFor() {
        FileJobSpec spec = Jobs.job(1, 1).getSpec();

        assertThat(PodMounts.volumes(spec, new Quantity("20Gi"))
                        .getFirst()
                        .getEmptyDir()
                        .getSizeLimit())
                .isEqualTo(new Quantity("20Gi"));
        assertThat(PodMounts.volumes(spec, null).getFirst().getEmptyDir().getSizeLimit())
                .isNull();
    }
}
