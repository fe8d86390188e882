package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.api.FixedOncePlanned;
import io.filejob.cluster.ClusterNames;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.plan.Cut;
import io.filejob.security.Sha256;
import io.filejob.status.AverageResult;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests jobs that read files, with the operator, a real API server, and a worker that runs as a process instead of a
 * pod.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class FilesTest {
    @Inject
    KubernetesClient client;

    @TempDir(factory = OutsideTmp.class)
    private Path volume;

    private final TestNamespace namespace = new TestNamespace();

    /** Creates a folder outside /tmp, since volumes cannot be mounted below /tmp. */
    private static final class OutsideTmp implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Path.of("/var/tmp"), "filejob-volume-");
        }
    }

    @BeforeEach
    void twoFiles() throws IOException {
        PodProcess.admit(client, namespace.name());
        Files.writeString(volume.resolve("a.csv"), "sku,price\n1,10\n2,20\n");
        Files.writeString(volume.resolve("b.csv"), "sku,price\n3,31.5\n");
    }

    private FileJobResource create() {
        return namespace.create(Jobs.job("""
                {"workers": 1, "input": {"files": ["%1$s/*.csv"], "sliceBytes": 16},
                 "operation": {"average": {"column": "price"}}, "output": {"uri": "file://%1$s/out.txt"},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "%1$s"}]}
                """.formatted(volume)));
    }

    @Test
    void aWorkerListsTheFilesTheOperatorPlansAndTheOutputIsOnTheVolume() throws Exception {
        FileJobResource job = create();
        PodSpec pod =
                namespace.awaitChild(job, _ -> true).getSpec().getTemplate().getSpec();
        FileJobStatus waiting = namespace.awaitStatus(job, status -> status.phase() == Phase.PENDING);

        assertThat(pod.getVolumes()).anySatisfy(each -> assertThat(each.getPersistentVolumeClaim())
                .hasFieldOrPropertyWithValue("claimName", "prices"));
        assertThat(TestNamespace.condition(waiting, "Planned").reason()).isEqualTo("InputNotListed");
        assertThat(waiting.plan()).isNull();
        assertThatThrownBy(() -> client.resource(job)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"spec\": {\"operation\": {\"average\": {\"column\": \"sku\"}}}}"))
                .hasMessageContaining(FixedOncePlanned.CHANGED);

        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0)).isZero();

        FileJobStatus complete = namespace.awaitStatus(job, status -> status.phase() == Phase.COMPLETE);
        assertThat(TestNamespace.condition(complete, "Planned").status()).isEqualTo("True");
        assertThat(Objects.requireNonNull(complete.plan()).inputs()).isEqualTo(2);
        assertThat(Objects.requireNonNull(complete.rows()).used()).isEqualTo(3);
        assertThat(((AverageResult) Objects.requireNonNull(complete.result())).average())
                .isEqualTo("20.5");
        assertThat(complete.result().digest()).isEqualTo(Sha256.of(Files.readAllBytes(volume.resolve("out.txt"))));
    }

    @Test
    void theDelimiterThatTheFirstWorkerFindsIsThatOfThePlan() throws Exception {
        Files.writeString(volume.resolve("a.csv"), "sku;price\n\"1,\n;\";10\n2;20\n");
        Files.writeString(volume.resolve("b.csv"), "sku;price\n3;31.5\n");
        FileJobResource job = namespace.create(Jobs.job("""
                {"workers": 1, "input": {"files": ["%1$s/*.csv"], "sliceBytes": 5, "format": {"csv": {"delimiter": "auto"}}},
                 "operation": {"average": {"column": "price"}},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "%1$s"}]}
                """.formatted(volume)));
        namespace.awaitChild(job, _ -> true);

        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0)).isZero();

        FileJobStatus complete = namespace.awaitStatus(job, status -> Phases.isTerminal(status));
        assertThat(complete.phase()).as(complete.message()).isEqualTo(Phase.COMPLETE);
        assertThat(((AverageResult) Objects.requireNonNull(complete.result())).average())
                .isEqualTo("20.5");
    }

    /** The operator was upgraded while they were running; their Job keeps its image. */
    @ParameterizedTest
    @ValueSource(ints = {Cut.UNPINNED, Cut.RELEASE_0_1})
    void workersOfAnEarlierReleaseFinishAJobThatTheyBegan(int protocol) throws Exception {
        FileJobResource job = create();
        namespace.awaitChild(job, _ -> true);
        client.configMaps()
                .inNamespace(namespace.name())
                .withName(Names.base(job))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"annotations\": {\"" + ClusterNames.PROTOCOL + "\": \"" + protocol + "\"}}}");
        Path release = Path.of("../runner/src/test/resources/releases/protocol-" + protocol + ".jar");
        assertThat(release).isRegularFile();
        String classPath =
                release.toAbsolutePath() + java.io.File.pathSeparator + System.getProperty("java.class.path");

        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 0, classPath))
                .isZero();

        FileJobStatus complete = namespace.awaitStatus(job, status -> Phases.isTerminal(status));
        assertThat(complete.phase()).as(complete.message()).isEqualTo(Phase.COMPLETE);
        assertThat(Objects.requireNonNull(complete.rows()).used()).isEqualTo(3);
        assertThat(((AverageResult) Objects.requireNonNull(complete.result())).average())
                .isEqualTo("20.5");
    }

    @Test
    void theSecretOfADatabaseIsMountedAndRowsForATableAreReadLikeOthers() {
        FileJobResource job = namespace.create(Jobs.job("""
                {"workers": 2, "input": {"files": ["%1$s/*.csv"]},
                 "operation": {"ingest": {"database": {"secret": {"name": "products-db"}}, "table": "products", "keys": ["sku"]}},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "%1$s"}]}
                """.formatted(volume)));
        PodSpec pod =
                namespace.awaitChild(job, _ -> true).getSpec().getTemplate().getSpec();
        FileJobStatus waiting = namespace.awaitStatus(job, status -> status.phase() == Phase.PENDING);

        assertThat(pod.getVolumes())
                .filteredOn(each -> each.getSecret() != null)
                .singleElement()
                .satisfies(each -> assertThat(each.getSecret().getSecretName()).isEqualTo("products-db"));
        assertThat(pod.getContainers().getFirst().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/etc/filejob/secrets/products-db");
        assertThat(TestNamespace.condition(waiting, "Planned").reason()).isEqualTo("InputNotListed");
    }

    @Test
    void aListingForAnotherSpecFailsTheJobAndItsWorkersRest() {
        FileJobResource job = create();
        namespace.awaitChild(job, _ -> true);
        client.resource(namespace
                        .owned(job, ClusterNames.plan(Names.base(job)), ClusterNames.ROLE_PLAN)
                        .editMetadata()
                        .addToAnnotations(ClusterNames.FINGERPRINT, "sha256:00")
                        .endMetadata()
                        .addToBinaryData(ClusterNames.INPUTS_KEY, "H4sIAAAAAAAAA4uOBQApu0wNAgAAAA==")
                        .build())
                .create();

        FileJobStatus failed = namespace.awaitStatus(job, status -> status.phase() == Phase.FAILED);
        assertThat(TestNamespace.condition(failed, "Failed").reason()).isEqualTo("BadManifest");
        namespace.awaitChild(job, child -> child.getSpec().getSuspend());
    }
}
