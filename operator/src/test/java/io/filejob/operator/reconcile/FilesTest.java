package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.filejob.model.AverageResult;
import io.filejob.model.Condition;
import io.filejob.model.FileJobStatus;
import io.filejob.model.FixedOncePlanned;
import io.filejob.model.Phase;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.security.Sha256;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Tests jobs that read files, with the operator, a real API server, and a worker that runs as a process instead of a
 * pod.
 */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class FilesTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Inject
    KubernetesClient client;

    @TempDir(factory = OutsideTmp.class)
    private Path volume;

    private String namespace = "";

    /** Creates a folder outside /tmp, since volumes cannot be mounted below /tmp. */
    private static final class OutsideTmp implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.createTempDirectory(Path.of("/var/tmp"), "filejob-volume-");
        }
    }

    @BeforeEach
    void ownNamespace() throws IOException {
        namespace = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("files-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        PodProcess.admit(client, namespace);
        Files.writeString(volume.resolve("a.csv"), "sku,price\n1,10\n2,20\n");
        Files.writeString(volume.resolve("b.csv"), "sku,price\n3,31.5\n");
    }

    private FileJobResource create() {
        return create("""
                {"workers": 1, "input": {"files": ["%1$s/*.csv"], "sliceBytes": 16},
                 "operation": {"average": {"column": "price"}}, "output": {"uri": "file://%1$s/out.txt"},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "%1$s"}]}
                """.formatted(volume));
    }

    private FileJobResource create(String spec) {
        FileJobResource job = Jobs.job(spec);
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().setUid(null);
        job.getMetadata().setCreationTimestamp(null);
        job.getMetadata().setGeneration(null);
        return client.resource(job).create();
    }

    private FileJobStatus awaitStatus(FileJobResource job, Predicate<FileJobStatus> expected) {
        return await().atMost(SOON)
                .until(() -> client.resource(job).get().getStatus(), status -> status != null && expected.test(status));
    }

    private Job child(FileJobResource job) {
        return await().atMost(SOON)
                .until(
                        () -> client.batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .withName(Names.base(job))
                                .get(),
                        Objects::nonNull);
    }

    private static Condition condition(FileJobStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWorkerListsTheFilesTheOperatorPlansAndTheOutputIsOnTheVolume() throws Exception {
        FileJobResource job = create();
        PodSpec pod = child(job).getSpec().getTemplate().getSpec();
        FileJobStatus waiting = awaitStatus(job, status -> status.phase() == Phase.PENDING);

        assertThat(pod.getVolumes()).anySatisfy(each -> assertThat(each.getPersistentVolumeClaim())
                .hasFieldOrPropertyWithValue("claimName", "prices"));
        assertThat(condition(waiting, "Planned").reason()).isEqualTo("InputNotListed");
        assertThat(waiting.plan()).isNull();
        assertThatThrownBy(() -> client.resource(job)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"spec\": {\"operation\": {\"average\": {\"column\": \"sku\"}}}}"))
                .hasMessageContaining(FixedOncePlanned.CHANGED);

        assertThat(PodProcess.run(client, namespace, Names.base(job), 0)).isZero();

        FileJobStatus complete = awaitStatus(job, status -> status.phase() == Phase.COMPLETE);
        assertThat(condition(complete, "Planned").status()).isEqualTo("True");
        assertThat(Objects.requireNonNull(complete.plan()).inputs()).isEqualTo(2);
        assertThat(Objects.requireNonNull(complete.rows()).used()).isEqualTo(3);
        assertThat(((AverageResult) Objects.requireNonNull(complete.result())).average())
                .isEqualTo("20.5");
        assertThat(complete.result().digest()).isEqualTo(Sha256.of(Files.readAllBytes(volume.resolve("out.txt"))));
    }

    /** The operator was upgraded while they were running; their Job keeps its image. */
    @Test
    void workersOfAnEarlierReleaseFinishAJobThatTheyBegan() throws Exception {
        FileJobResource job = create();
        child(job);
        Path release = Path.of("../runner/src/test/resources/releases/protocol-0.jar");
        assertThat(release).isRegularFile();
        String classPath =
                release.toAbsolutePath() + java.io.File.pathSeparator + System.getProperty("java.class.path");

        assertThat(PodProcess.run(client, namespace, Names.base(job), 0, classPath))
                .isZero();

        FileJobStatus complete = awaitStatus(job, status -> Phases.isTerminal(status));
        assertThat(complete.phase()).as(complete.message()).isEqualTo(Phase.COMPLETE);
        assertThat(Objects.requireNonNull(complete.rows()).used()).isEqualTo(3);
        assertThat(((AverageResult) Objects.requireNonNull(complete.result())).average())
                .isEqualTo("20.5");
    }

    @Test
    void theSecretOfADatabaseIsMountedAndRowsForATableAreReadLikeOthers() {
        FileJobResource job = create("""
                {"workers": 2, "input": {"files": ["%1$s/*.csv"]},
                 "operation": {"ingest": {"database": {"secret": {"name": "products-db"}}, "table": "products", "keys": ["sku"]}},
                 "volumes": [{"name": "data", "claimName": "prices", "mountPath": "%1$s"}]}
                """.formatted(volume));
        PodSpec pod = child(job).getSpec().getTemplate().getSpec();
        FileJobStatus waiting = awaitStatus(job, status -> status.phase() == Phase.PENDING);

        assertThat(pod.getVolumes())
                .filteredOn(each -> each.getSecret() != null)
                .singleElement()
                .satisfies(each -> assertThat(each.getSecret().getSecretName()).isEqualTo("products-db"));
        assertThat(pod.getContainers().getFirst().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/etc/filejob/secrets/products-db");
        assertThat(condition(waiting, "Planned").reason()).isEqualTo("InputNotListed");
    }

    @Test
    void aListingForAnotherSpecFailsTheJobAndItsWorkersRest() {
        FileJobResource job = create();
        child(job);
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(Names.base(job) + "-plan")
                        .withNamespace(namespace)
                        .withLabels(Names.labels(job, "plan"))
                        .addToAnnotations("filejob.io/fingerprint", "sha256:00")
                        .addNewOwnerReference()
                        .withApiVersion(job.getApiVersion())
                        .withKind(job.getKind())
                        .withName(job.getMetadata().getName())
                        .withUid(job.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .addToBinaryData("inputs", "H4sIAAAAAAAAA4uOBQApu0wNAgAAAA==")
                        .build())
                .create();

        FileJobStatus failed = awaitStatus(job, status -> status.phase() == Phase.FAILED);
        assertThat(condition(failed, "Failed").reason()).isEqualTo("BadManifest");
        await().atMost(SOON).until(() -> child(job).getSpec().getSuspend());
    }
}
