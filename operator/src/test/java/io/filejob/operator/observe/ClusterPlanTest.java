package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.Jobs;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The locations that a job in a cluster can reach, and when its plan is known. */
final class ClusterPlanTest {
    private static final String VOLUMES = """
            "volumes": [{"name": "data", "claimName": "songs", "mountPath": "/data", "readOnly": true},
                        {"name": "out", "claimName": "results", "mountPath": "/data/out"}]
            """;

    private static Observation.Planned planned(String spec) {
        return ClusterPlan.of(Jobs.job("{" + spec + "}"), ClusterPlan.Pinned.NOTHING);
    }

    private static String files(String places, String more) {
        return "\"input\": {\"files\": [" + places + "], \"format\": {\"lines\": {}}}, \"operation\": {\"average\": {}}"
                + more;
    }

    private static String refusal(String spec) {
        JobFailedException refusal = Objects.requireNonNull(planned(spec).refusal());
        assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_MANIFEST);
        return String.valueOf(refusal.getMessage());
    }

    @Test
    void aGeneratedInputIsPlannedAtOnceAndFilesWhenTheyAreListed() {
        assertThat(planned("\"input\": {\"generate\": {\"files\": 4, \"entriesPerFile\": 2}},"
                                + " \"operation\": {\"average\": {}}")
                        .plan())
                .isNotNull();

        Observation.Planned files = planned(files("\"/data/a.csv\"", ", " + VOLUMES));
        assertThat(files.plan()).isNull();
        assertThat(files.refusal()).isNull();
        assertThat(files.manifest()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/data/a.csv",
                "/data/**/*.csv",
                "file:///data/2020-*.csv",
                "file:///data/%61.csv",
                "file:/data",
                "/elsewhere/../data/x",
                "/data/out/x.csv"
            })
    void whatIsOnAVolumeCanBeRead(String place) {
        assertThat(planned(files("\"" + place + "\"", ", " + VOLUMES)).refusal())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.csv            | is relative, but pods have no working folder: name a file below the mountPath of one of spec.volumes (/data, /data/out)
            file:a.csv       | is relative
            /database/a.csv  | is not on a volume, and a pod's local files are deleted with it: name a file below
            /data/../x.csv   | is not on a volume
            /*/a.csv         | is not on a volume
            """)
    void whatIsOnNoVolumeIsRefused(String place, String words) {
        assertThat(refusal(files("\"/data/b.csv\", \"" + place + "\"", ", " + VOLUMES)))
                .startsWith("spec.input.files[1]: " + place + " ")
                .contains(words);
    }

    @Test
    void withoutVolumesTheRemedyIsToMountOne() {
        assertThat(refusal(files("\"/data/a.csv\"", "")))
                .endsWith("mount a PersistentVolumeClaim with spec.volumes and name a file below its mountPath");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "output": {"uri": "/data/x.csv"}     | spec.output.uri: /data/x.csv is on the volume data, which is readOnly: mount it without readOnly
            "output": {"uri": "x.csv"}           | spec.output.uri: x.csv is relative
            "store": {"uri": "/scratch"}         | spec.store.uri: /scratch is not on a volume
            "onBadRecord": "skip", "rejects": {"uri": "file:///data/r.csv"} | spec.rejects.uri: file:///data/r.csv is on the volume data, which is readOnly
            """)
    void whatIsWrittenMustBeOnAVolumeThatCanBeWritten(String field, String words) {
        assertThat(refusal(files("\"/data/a.csv\"", ", " + VOLUMES + ", " + field)))
                .contains(words);
    }

    @Test
    void keptFilesAreWritten() {
        String generate =
                "\"input\": {\"generate\": {\"files\": 4, \"entriesPerFile\": 2, \"keep\": {\"uri\": \"%s\"}}},"
                        + "\"operation\": {\"average\": {}}, " + VOLUMES;
        assertThat(refusal(generate.formatted("kept"))).startsWith("spec.input.generate.keep.uri: kept is relative");
        assertThat(planned(generate.formatted("/data/out/kept")).refusal()).isNull();
    }

    @Test
    void outputsOnAWritableVolumeAreFine() {
        assertThat(planned(files("\"/data/a.csv\"", ", " + VOLUMES + ", \"output\": {\"uri\": \"/data/out/x.csv\"}"))
                        .refusal())
                .isNull();
    }

    @Test
    void namesOfThePodsOwnVolumesAreRefused() {
        String volumes =
                ", \"volumes\": [{\"name\": \"filejob-scratch\", \"claimName\": \"x\", \"mountPath\": \"/data\"}]";
        assertThat(refusal(files("\"/data/a.csv\"", volumes))).contains("names that begin with filejob-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "input": {"files": ["s3://music/*.txt"], "format": {"lines": {}}}, "output": {"uri": "s3://music/x"} | true
            "input": {"files": ["https://host/a.txt"], "format": {"lines": {}}}                                  | true
            "input": {"files": ["s3://music/*.txt"], "format": {"lines": {}}}, "store": {"uri": "s3://music/x/"} | true
            "input": {"files": ["s3://music/*.txt"], "format": {"lines": {}}}, "output": {"uri": "/tmp/x"}       | false
            "input": {"files": ["s3://music/*.txt"], "format": {"lines": {}}}, "output": {"configMap": {"name": "x"}} | true
            """)
    void objectStorageUrlsAndConfigMapsNeedNoVolume(String spec, boolean reachable) {
        assertThat(planned(spec + ", \"operation\": {\"average\": {}}").refusal() == null)
                .isEqualTo(reachable);
    }

    @ParameterizedTest
    @CsvSource({"/data/products.csv, true", "s3://shop/products.csv, true", "products.csv, false"})
    void whereRowsForATableComeFromMustBeReachableAndTheDatabaseIsNotLookedFor(String place, boolean reachable) {
        Observation.Planned planned = planned("\"input\": {\"files\": [\"" + place + "\"]}, " + VOLUMES + """
                , "operation": {"ingest": {"database": {"secret": {"name": "db"}}, "table": "products", "keys": ["sku"]}}
                """);
        assertThat(planned.refusal() == null).isEqualTo(reachable);
        assertThat(planned.manifest()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"512Mi, 1151Mi, false", "512Mi, 1152Mi, true", "512Mi, 2Gi, true", "1Gi, 2Gi, false"})
    void aPodMustBeLargeEnoughForWhatItsWorkerMayHold(String memory, String limit, boolean fits) {
        String spec = files(
                "\"/data/a.csv\"",
                ", " + VOLUMES + ", \"memory\": \"" + memory
                        + "\", \"pod\": {\"resources\": {\"limits\": {\"memory\": \"" + limit + "\"}}}");
        if (fits) {
            assertThat(planned(spec).refusal()).isNull();
        } else {
            assertThat(refusal(spec)).contains("spec.memory", limit, "spec.pod.resources.limits.memory");
        }
    }

    @Test
    void aListingThatIsDamagedFailsTheJob() {
        ConfigMap damaged = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("prices-0f6a3c1e-plan")
                .addToAnnotations("filejob.io/fingerprint", "sha256:00")
                .endMetadata()
                .addToBinaryData("inputs", Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}))
                .build();

        Observation.Planned planned = ClusterPlan.of(
                Jobs.job("{" + files("\"/data/a.csv\"", ", " + VOLUMES) + "}"), new ClusterPlan.Pinned(null, damaged));

        assertThat(Objects.requireNonNull(planned.refusal()).exitCode()).isEqualTo(ExitCode.STORE_LOST);
        assertThat(planned.refusal()).hasMessageContaining("prices-0f6a3c1e-plan");
    }
}
