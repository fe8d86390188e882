package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.job.Content.PodContent;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.JobName;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.time.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A folder as a claim that the service does not mount, with the file {@code out/r.csv}, jobs that write to it, and a real API
 * server. It has no nodes: tests write the statuses of pods, and the commands of pods are processes of this machine.
 */
final class ClaimFixture implements AutoCloseable {
    private static final String JOB = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: totals}
            spec:
              input: {files: [/in.csv], format: {csv: {}}}
              onBadRecord: skip
              operation: {aggregate: {groupBy: [a], measures: [{function: count, as: n}]}}
              volumes: [{name: data, claimName: totals, mountPath: /data}]
              output: {uri: "file:///data/out/r.csv"PARTS}
            """;
    /** The status of a pod that has started. */
    static final String RUNNING = "{'phase': 'Running', 'containerStatuses': [{'name': 'reader', 'state':"
            + " {'running': {}}, 'ready': true, 'restartCount': 0, 'image': '', 'imageID': ''}]}";

    private final Path folder;
    private final String namespace = ClusterUser.newNamespace();
    private final TestClock clock = new TestClock();
    private final ClusterFixture cluster = new ClusterFixture();

    /** Uses an empty folder. */
    ClaimFixture(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("claim/out"));
        Files.createDirectories(folder.resolve("scratch"));
        Files.writeString(folder.resolve("claim/out/r.csv"), "0123456789");
    }

    String namespace() {
        return namespace;
    }

    TestClock clock() {
        return clock;
    }

    ClusterFixture cluster() {
        return cluster;
    }

    /** Returns a file of the claim. */
    Path file(String name) {
        return folder.resolve("claim").resolve(name);
    }

    /** Creates a complete job, with these members of the output. */
    JobName create(String parts) throws Exception {
        return createComplete(JOB.replace("PARTS", parts));
    }

    /** Creates a complete job. */
    JobName createComplete(String manifest) throws Exception {
        FileJob job = cluster.jobs(ClusterUser.editor(namespace, "owner"))
                .create(namespace, ManifestReader.read(manifest), null);
        ClusterFixture.status(
                job,
                "{'phase': 'Complete', 'message': '', 'conditions': [], 'result': {'digest': 'sha256:0', 'bytes': 10},"
                        + " 'rejected': {'uri': 'file:///data/out/bad.csv', 'samples': []}}");
        return new JobName(namespace, job.name());
    }

    /** Returns pods whose commands are processes that see the folder. */
    ReaderPods readers(TestReaderSettings settings) {
        return readers(settings, ReaderPods.PATIENCE);
    }

    ReaderPods readers(TestReaderSettings settings, Duration patience) {
        return cluster.readers(
                settings,
                LocalReaderProcess.starter(folder.resolve("claim"), "/data", folder.resolve("scratch")),
                clock,
                patience);
    }

    /** Returns the pods of the namespace. */
    List<JsonNode> pods() {
        return List.copyOf(RealApiServer.get()
                .read("pods", "-n", namespace)
                .path("items")
                .valueStream()
                .toList());
    }

    /** Gives {@code status} to the pod that {@code read} creates, unless it has failed before. */
    void patch(String status, FutureTask<?> read) {
        ClusterFixture.soon().until(() -> read.isDone() || !pods().isEmpty());
        if (read.isDone()) {
            return;
        }
        RealApiServer.get()
                .kubectl(
                        "",
                        "patch",
                        "pod",
                        pods().getFirst().at("/metadata/name").asText(),
                        "-n",
                        namespace,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        "{\"status\": " + status.replace('\'', '"') + "}");
    }

    /** Returns the result of {@code read}, which creates a pod; the pod gets {@code status}. */
    <T> T withPod(String status, Callable<T> read) throws Exception {
        FutureTask<T> task = new FutureTask<>(read);
        Thread.ofVirtual().start(task);
        patch(status, task);
        return task.get();
    }

    /** Finds a file in a pod. */
    static ReadableContent find(Object content) {
        return ((PodContent) content).source().find();
    }

    static String text(ReadableContent content, long offset, long length) throws IOException {
        try (InputStream in = content.open(offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void assertProblem(ThrowingCallable action, ProblemType type, String detail) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessageContaining(detail);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
