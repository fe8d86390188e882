package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.PodContent;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.ResultPart;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.testing.kubernetes.RealApiServer;
import io.filejob.testing.time.TestClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files on claims that the service does not mount, with a real API server. It has no nodes: tests write the statuses of pods,
 * and the commands of pods are processes of this machine.
 */
final class ClaimReaderTest {
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
    private static final String IMAGES = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: images}
            spec:
              input: {files: [/data/list.csv]}
              onBadRecord: skip
              rejects: {uri: "file:///data/bad.csv"}
              operation: {compressImages: {to: {uri: "file:///data/out"}}}
              volumes: [{name: data, claimName: totals, mountPath: /data}]
              output: {uri: "file:///data/with-images.csv"}
            """;
    private static final String RUNNING = "{'phase': 'Running', 'containerStatuses': [{'name': 'reader', 'state':"
            + " {'running': {}}, 'ready': true, 'restartCount': 0, 'image': '', 'imageID': ''}]}";
    private static final String UNSCHEDULABLE = "{'conditions': [{'type': 'PodScheduled', 'status': 'False', 'reason':"
            + " 'Unschedulable', 'message': '0/3 nodes are available: the claim is in use by another pod.'}]}";

    @TempDir
    Path folder;

    private final String namespace = ClusterUser.newNamespace();
    private final ClusterUser ann = ClusterUser.downloader(namespace, "ann");
    private final TestClock clock = new TestClock();
    private final ClusterFixture cluster = new ClusterFixture();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectories(folder.resolve("claim/out"));
        Files.createDirectories(folder.resolve("scratch"));
        Files.writeString(folder.resolve("claim/out/r.csv"), "0123456789");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private JobName create(String parts) throws Exception {
        return createComplete(JOB.replace("PARTS", parts));
    }

    private JobName createComplete(String manifest) throws Exception {
        FileJob job = cluster.jobs(ClusterUser.editor(namespace, "owner"))
                .create(namespace, ManifestReader.read(manifest), null);
        ClusterFixture.status(
                job,
                "{'phase': 'Complete', 'message': '', 'conditions': [], 'result': {'digest': 'sha256:0', 'bytes': 10},"
                        + " 'rejected': {'uri': 'file:///data/out/bad.csv', 'samples': []}}");
        return new JobName(namespace, job.name());
    }

    private ReaderPods readers(TestReaderSettings settings) {
        return readers(settings, ReaderPods.PATIENCE);
    }

    private ReaderPods readers(TestReaderSettings settings, Duration patience) {
        return cluster.readers(
                settings,
                LocalReaderProcess.starter(folder.resolve("claim"), "/data", folder.resolve("scratch")),
                clock,
                patience);
    }

    private List<JsonNode> pods() {
        return List.copyOf(RealApiServer.get()
                .read("pods", "-n", namespace)
                .path("items")
                .valueStream()
                .toList());
    }

    /** Gives {@code status} to the pod that {@code read} creates, unless it has failed before. */
    private void patch(String status, FutureTask<?> read) {
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
    private <T> T withPod(String status, Callable<T> read) throws Exception {
        FutureTask<T> task = new FutureTask<>(read);
        Thread.ofVirtual().start(task);
        patch(status, task);
        return task.get();
    }

    private static ReadableContent find(Object content) {
        return ((PodContent) content).source().find();
    }

    private static String text(ReadableContent content, long offset, long length) throws IOException {
        try (InputStream in = content.open(offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(ThrowingCallable action, ProblemType type, String detail) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessageContaining(detail);
    }

    @Test
    void rangesOfAFileAreReadByOnePodThatIsDeletedWhenItIsNoLongerUsed() throws Exception {
        JobName name = create("");
        try (ReaderPods readers = readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = cluster.jobs(ann, readers);
            ReadableContent file = find(jobs.result(name));
            assertThat(file.size()).isEqualTo(10);
            assertThat(pods()).isEmpty();
            assertThat(withPod(RUNNING, () -> text(file, 3, 4))).isEqualTo("3456");
            assertThat(text(find(jobs.part(name, 1)), 0, 10)).isEqualTo("0123456789");
            assertProblem(() -> find(jobs.rejects(name)), ProblemType.NOT_FOUND, "out/bad.csv: cannot be read");
            assertThat(pods()).singleElement().satisfies(pod -> assertThat(
                            pod.at("/metadata/ownerReferences/0/name").asText())
                    .isEqualTo(name.name()));
            readers.deleteIdle();
            assertThat(pods()).hasSize(1);
            clock.pass(Duration.ofSeconds(31));
            readers.deleteIdle();
            assertThat(pods()).isEmpty();
        }
    }

    @Test
    void theFilesOfAnOutputAreOneFile() throws Exception {
        Files.writeString(folder.resolve("claim/out/r-1.csv"), "a,n\n1,2\n");
        Files.writeString(folder.resolve("claim/out/r-2.csv"), "a,n\n3,4\n");
        JobName name = create(", parts: 2");
        try (ReaderPods readers = readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = cluster.jobs(ann, readers);
            assertThat(jobs.parts(name))
                    .containsExactly(new ResultPart(1, "r-1.csv", null), new ResultPart(2, "r-2.csv", null));
            ReadableContent joined = withPod(RUNNING, () -> find(jobs.result(name)));
            assertThat(joined.size()).isEqualTo(12);
            assertThat(text(joined, 0, 12)).isEqualTo("a,n\n1,2\n3,4\n");
            assertThat(text(find(jobs.part(name, 2)), 4, 4)).isEqualTo("3,4\n");
        }
        assertThat(pods()).isEmpty();
    }

    @Test
    void imagesAreReadBeforeAndAfterTheirCompression() throws Exception {
        Files.writeString(folder.resolve("claim/out/Cup-1-0123456789ab.jpg"), "after");
        Files.writeString(folder.resolve("claim/cup.png"), "before");
        JobName name = createComplete(IMAGES);
        try (ReaderPods readers = readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = cluster.jobs(ann, readers);
            Content after = jobs.image(name, "Cup-1-0123456789ab.jpg");
            assertThat(after.mediaType()).isEqualTo("image/jpeg");
            assertThat(pods()).isEmpty();
            ReadableContent file = withPod(RUNNING, () -> find(after));
            assertThat(file.mediaType()).isEqualTo("image/jpeg");
            assertThat(text(file, 0, 5)).isEqualTo("after");
            assertThat(text(find(jobs.original(name, "file:///data/cup.png")), 0, 6))
                    .isEqualTo("before");
            assertProblem(
                    () -> jobs.original(name, "https://example.com/cup.png"),
                    ProblemType.NOT_FOUND,
                    "is not on a volume of the job");
            assertProblem(
                    () -> find(jobs.original(name, "file:///etc/passwd")),
                    ProblemType.NOT_FOUND,
                    "is not on a volume of the job");
            assertProblem(
                    () -> find(jobs.image(name, "Cup-2-0123456789ab.jpg")), ProblemType.NOT_FOUND, "cannot be read");
        }
    }

    @Test
    void aFifthReadWaitsForTheEndOfAnother() throws Exception {
        JobName name = create("");
        try (ReaderPods readers = readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = cluster.jobs(ann, readers);
            List<InputStream> open = new ArrayList<>();
            open.add(withPod(RUNNING, () -> find(jobs.result(name)).open(0, 10)));
            for (int i = 1; i < 4; i++) {
                open.add(find(jobs.result(name)).open(0, 10));
            }
            FutureTask<String> fifth = new FutureTask<>(() -> text(find(jobs.result(name)), 0, 10));
            Thread reader = Thread.ofPlatform().start(fifth);
            ClusterFixture.soon().until(() -> fifth.isDone() || reader.getState() == Thread.State.TIMED_WAITING);
            assertThat(fifth.isDone()).isFalse();
            open.removeFirst().close();
            assertThat(fifth.get()).isEqualTo("0123456789");
            for (InputStream in : open) {
                in.close();
            }
        }
    }

    @Test
    void aFifthReadIsRefusedIfNoOtherEnds() throws Exception {
        JobName name = create("");
        try (ReaderPods readers = readers(TestReaderSettings.DEFAULT, Duration.ZERO)) {
            Jobs jobs = cluster.jobs(ann, readers);
            InputStream first = withPod(RUNNING, () -> find(jobs.result(name)).open(0, 10));
            try (InputStream _ = first;
                    InputStream _ = find(jobs.result(name)).open(0, 10);
                    InputStream _ = find(jobs.result(name)).open(0, 10);
                    InputStream _ = find(jobs.result(name)).open(0, 10)) {
                assertProblem(
                        () -> find(jobs.result(name)).open(0, 10),
                        ProblemType.TOO_MANY,
                        "you read 4 files of this job's volume at once");
            }
        }
    }

    @Test
    void aFileThatHasChangedIsNotSent() throws Exception {
        JobName name = create("");
        Files.writeString(folder.resolve("claim/out/r.csv"), "another file");
        try (ReaderPods readers = readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = cluster.jobs(ann, readers);
            assertProblem(
                    () -> withProblem(() -> text(find(jobs.result(name)), 0, 10)),
                    ProblemType.NOT_FOUND,
                    "had 10 bytes and has 12");
        }
    }

    /** Returns the result of {@code read} in a pod that runs; throws the problem itself. */
    private <T> T withProblem(Callable<T> read) throws Throwable {
        try {
            return withPod(RUNNING, read);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void theApiServerDecidesWhetherTheCallerMayCreateThePod() throws Exception {
        JobName name = create("");
        try (ReaderPods readers = readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = cluster.jobs(ClusterUser.viewer(namespace, "bob"), readers);
            assertProblem(
                    () -> text(find(jobs.result(name)), 0, 1),
                    ProblemType.FORBIDDEN,
                    "bob\" cannot create resource \"pods\"");
        }
    }

    @Test
    void theApiServerDecidesWhetherTheCallerMayReadInThePod() throws Exception {
        JobName name = create("");
        try (ReaderPods readers = cluster.readers(TestReaderSettings.DEFAULT, PodProcess::start, Clock.systemUTC())) {
            Jobs jobs = cluster.jobs(ann, readers);
            assertProblem(
                    () -> withProblem(() -> text(find(jobs.result(name)), 0, 1)), ProblemType.FORBIDDEN, "pods/exec");
        }
        assertThat(pods()).isEmpty();
    }

    @Test
    void aPodThatDoesNotStartIsDeletedAndItsReasonTold() throws Exception {
        JobName name = create("");
        try (ReaderPods readers = readers(new TestReaderSettings(1, Duration.ofSeconds(10)))) {
            Jobs jobs = cluster.jobs(ann, readers);
            FutureTask<String> read = new FutureTask<>(() -> text(find(jobs.result(name)), 0, 1));
            Thread.ofVirtual().start(read);
            patch(UNSCHEDULABLE, read);
            assertThatThrownBy(read::get)
                    .hasCauseInstanceOf(ProblemException.class)
                    .hasMessageContaining("the claim totals cannot be read")
                    .hasMessageContaining("the claim is in use by another pod");
            assertThat(pods()).isEmpty();
        }
    }

    @Test
    void theNumberOfPodsIsLimited() throws Exception {
        JobName first = create("");
        JobName second = create("");
        try (ReaderPods readers = readers(new TestReaderSettings(1, Duration.ofMinutes(2)))) {
            Jobs jobs = cluster.jobs(ann, readers);
            InputStream reading =
                    withPod(RUNNING, () -> find(jobs.result(first)).open(0, 10));
            assertProblem(() -> find(jobs.result(second)).open(0, 10), ProblemType.TOO_MANY, "reads 1 volumes at once");
            String before = pods().getFirst().at("/metadata/uid").asText();
            reading.close();
            // An idle pod makes room.
            FutureTask<String> read = new FutureTask<>(() -> text(find(jobs.result(second)), 0, 10));
            Thread.ofVirtual().start(read);
            ClusterFixture.soon()
                    .until(() -> read.isDone()
                            || pods().stream()
                                    .anyMatch(pod ->
                                            !pod.at("/metadata/uid").asText().equals(before)));
            patch(RUNNING, read);
            assertThat(read.get()).isEqualTo("0123456789");
            assertThat(pods()).hasSize(1);
        }
    }
}
