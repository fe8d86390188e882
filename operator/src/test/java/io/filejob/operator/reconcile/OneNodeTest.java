package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.ApiServer;
import io.filejob.operator.Jobs;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's reaction to a real worker that cannot write the output on its node. */
@QuarkusTest
@QuarkusTestResource(ApiServer.class)
final class OneNodeTest {
    /** The output is larger. */
    private static final List<String> FILES_OF_16_KIB = List.of("bash", "-c", "ulimit -f 16; exec \"$@\"", "limited");

    @Inject
    KubernetesClient client;

    private final TestNamespace namespace = new TestNamespace();
    private Path volume = Path.of("");

    /** Volumes cannot be mounted below /tmp. */
    @BeforeEach
    void files() throws IOException {
        PodProcess.admit(client, namespace.name());
        volume = Files.createTempDirectory(Path.of("/var/tmp"), "filejob-volume-");
        StringBuilder rows = new StringBuilder("song,plays\n");
        for (int song = 0; song < 4_000; song++) {
            rows.append(String.format(Locale.ROOT, "song %05d,1\n", song));
        }
        Files.writeString(volume.resolve("in.csv"), rows);
    }

    @AfterEach
    void noFiles() throws IOException {
        Files.deleteIfExists(volume.resolve("in.csv"));
        Files.deleteIfExists(volume.resolve("out.csv"));
        Files.delete(volume);
    }

    private FileJobResource create() {
        return namespace.create(Jobs.job("""
                {"workers": 2, "input": {"files": ["%1$s/in.csv"], "sliceBytes": 16384},
                 "operation": {"aggregate": {"groupBy": ["song"], "measures": [{"function": "sum", "column": "plays"}]}},
                 "output": {"uri": "file://%1$s/out.csv"},
                 "volumes": [{"name": "data", "claimName": "songs", "mountPath": "%1$s"}]}
                """.formatted(volume)));
    }

    private void pod(Job job, int worker, String node, PodStatus status) {
        var pod = client.resource(namespace
                        .pod(job)
                        .editMetadata()
                        .addToLabels(Names.INDEX, Integer.toString(worker))
                        .endMetadata()
                        .editSpec()
                        .withNodeName(node)
                        .endSpec()
                        .build())
                .create();
        pod.setStatus(status);
        client.resource(pod).updateStatus();
    }

    private static PodStatus failed(PodProcess.End end) {
        return new PodStatusBuilder()
                .withPhase("Failed")
                .addNewContainerStatus()
                .withName(Names.CONTAINER)
                .withImage("i")
                .withImageID("i")
                .withReady(false)
                .withRestartCount(0)
                .withState(new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(end.status())
                        .withMessage(end.words())
                        .endTerminated()
                        .build())
                .endContainerStatus()
                .build();
    }

    private PodProcess.End onBadNode(FileJobResource job) throws Exception {
        PodProcess.End end = PodProcess.end(client, namespace.name(), Names.base(job), 0, FILES_OF_16_KIB);
        assertThat(end.status()).isEqualTo(73);
        return end;
    }

    @Test
    void aHealthyWorkerCompletesTheJob() throws Exception {
        FileJobResource job = create();
        Job child = namespace.awaitChild(job, _ -> true);
        pod(child, 1, "good", new PodStatusBuilder().withPhase("Running").build());
        PodProcess.End end = onBadNode(job);
        for (int i = 0; i < 3; i++) {
            pod(child, 0, "bad", failed(end));
        }

        FileJobResource seen = namespace.awaitJob(job, now -> TestNamespace.condition(now.getStatus(), "Running")
                .message()
                .contains("3 workers have failed"));
        assertThat(seen.getStatus().phase()).isNotEqualTo(Phase.FAILED);
        assertThat(TestNamespace.condition(seen.getStatus(), "Running").message())
                .contains("the output", "cannot be written");
        assertThat(child.getSpec()
                        .getPodFailurePolicy()
                        .getRules()
                        .getFirst()
                        .getOnExitCodes()
                        .getValues())
                .containsExactly(65);
        assertThat(PodProcess.run(client, namespace.name(), Names.base(job), 1)).isZero();

        namespace.awaitJob(job, now -> now.getStatus().phase() == Phase.COMPLETE);
        assertThat(volume.resolve("out.csv")).content().hasLineCount(4_001);
    }

    @Test
    void theSameFaultOnAnotherNodeFailsTheJob() throws Exception {
        FileJobResource job = create();
        Job child = namespace.awaitChild(job, _ -> true);
        PodProcess.End end = onBadNode(job);
        pod(child, 0, "bad", failed(end));
        pod(child, 1, "worse", failed(end));

        assertThat(namespace.awaitReason(job, "Failed", "OutputNotWritable").message())
                .contains("the output", "cannot be written");
        namespace.awaitChild(job, now -> Boolean.TRUE.equals(now.getSpec().getSuspend()));
    }
}
