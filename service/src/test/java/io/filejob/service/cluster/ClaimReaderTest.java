package io.filejob.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.service.job.Content;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.ResultPart;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files on claims that the service does not mount, with a real API server.
 */
final class ClaimReaderTest {
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
    private static final String UNSCHEDULABLE = "{'conditions': [{'type': 'PodScheduled', 'status': 'False', 'reason':"
            + " 'Unschedulable', 'message': '0/3 nodes are available: the claim is in use by another pod.'}]}";

    @TempDir
    private Path folder;

    private ClaimFixture claim;
    private ClusterUser ann;

    @BeforeEach
    void start() throws IOException {
        claim = new ClaimFixture(folder);
        ann = ClusterUser.downloader(claim.namespace(), "ann");
    }

    @AfterEach
    void stop() {
        claim.close();
    }

    @Test
    void rangesOfAFileAreReadByOnePodThatIsDeletedWhenItIsNoLongerUsed() throws Exception {
        JobName name = claim.create("");
        try (ReaderPods readers = claim.readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            ReadableContent file = ClaimFixture.find(jobs.result(name));
            assertThat(file.size()).isEqualTo(10);
            assertThat(claim.pods()).isEmpty();
            assertThat(claim.withPod(ClaimFixture.RUNNING, () -> ClaimFixture.text(file, 3, 4)))
                    .isEqualTo("3456");
            assertThat(ClaimFixture.text(ClaimFixture.find(jobs.part(name, 1)), 0, 10))
                    .isEqualTo("0123456789");
            ClaimFixture.assertProblem(
                    () -> ClaimFixture.find(jobs.rejects(name)), ProblemType.NOT_FOUND, "out/bad.csv: cannot be read");
            assertThat(claim.pods()).singleElement().satisfies(pod -> assertThat(
                            pod.at("/metadata/ownerReferences/0/name").asText())
                    .isEqualTo(name.name()));
            readers.deleteIdle();
            assertThat(claim.pods()).hasSize(1);
            claim.clock().pass(Duration.ofSeconds(31));
            readers.deleteIdle();
            assertThat(claim.pods()).isEmpty();
        }
    }

    @Test
    void theFilesOfAnOutputAreOneFile() throws Exception {
        Files.writeString(claim.file("out/r-1.csv"), "a,n\n1,2\n");
        Files.writeString(claim.file("out/r-2.csv"), "a,n\n3,4\n");
        JobName name = claim.create(", parts: 2");
        try (ReaderPods readers = claim.readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            assertThat(jobs.parts(name))
                    .containsExactly(new ResultPart(1, "r-1.csv", null), new ResultPart(2, "r-2.csv", null));
            ReadableContent joined = claim.withPod(ClaimFixture.RUNNING, () -> ClaimFixture.find(jobs.result(name)));
            assertThat(joined.size()).isEqualTo(12);
            assertThat(ClaimFixture.text(joined, 0, 12)).isEqualTo("a,n\n1,2\n3,4\n");
            assertThat(ClaimFixture.text(ClaimFixture.find(jobs.part(name, 2)), 4, 4))
                    .isEqualTo("3,4\n");
        }
        assertThat(claim.pods()).isEmpty();
    }

    @Test
    void imagesAreReadBeforeAndAfterTheirCompression() throws Exception {
        Files.writeString(claim.file("out/Cup-1-0123456789ab.jpg"), "after");
        Files.writeString(claim.file("cup.png"), "before");
        JobName name = claim.createComplete(IMAGES);
        try (ReaderPods readers = claim.readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            Content after = jobs.image(name, "Cup-1-0123456789ab.jpg");
            assertThat(after.mediaType()).isEqualTo("image/jpeg");
            assertThat(claim.pods()).isEmpty();
            ReadableContent file = claim.withPod(ClaimFixture.RUNNING, () -> ClaimFixture.find(after));
            assertThat(file.mediaType()).isEqualTo("image/jpeg");
            assertThat(ClaimFixture.text(file, 0, 5)).isEqualTo("after");
            assertThat(ClaimFixture.text(ClaimFixture.find(jobs.original(name, "file:///data/cup.png")), 0, 6))
                    .isEqualTo("before");
            ClaimFixture.assertProblem(
                    () -> jobs.original(name, "https://example.com/cup.png"),
                    ProblemType.NOT_FOUND,
                    "is not on a volume of the job");
            ClaimFixture.assertProblem(
                    () -> ClaimFixture.find(jobs.original(name, "file:///etc/passwd")),
                    ProblemType.NOT_FOUND,
                    "is not on a volume of the job");
            ClaimFixture.assertProblem(
                    () -> ClaimFixture.find(jobs.image(name, "Cup-2-0123456789ab.jpg")),
                    ProblemType.NOT_FOUND,
                    "cannot be read");
        }
    }

    @Test
    void aFileThatHasChangedIsNotSent() throws Exception {
        JobName name = claim.create("");
        Files.writeString(claim.file("out/r.csv"), "another file");
        try (ReaderPods readers = claim.readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            ClaimFixture.assertProblem(
                    () -> withProblem(() -> ClaimFixture.text(ClaimFixture.find(jobs.result(name)), 0, 10)),
                    ProblemType.NOT_FOUND,
                    "had 10 bytes and has 12");
        }
    }

    /** Returns the result of {@code read} in a pod that runs; throws the problem itself. */
    private <T> T withProblem(Callable<T> read) throws Throwable {
        try {
            return claim.withPod(ClaimFixture.RUNNING, read);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Test
    void theApiServerDecidesWhetherTheCallerMayCreateThePod() throws Exception {
        JobName name = claim.create("");
        try (ReaderPods readers = claim.readers(TestReaderSettings.DEFAULT)) {
            Jobs jobs = claim.cluster().jobs(ClusterUser.viewer(claim.namespace(), "bob"), readers);
            ClaimFixture.assertProblem(
                    () -> ClaimFixture.text(ClaimFixture.find(jobs.result(name)), 0, 1),
                    ProblemType.FORBIDDEN,
                    "bob\" cannot create resource \"pods\"");
        }
    }

    @Test
    void theApiServerDecidesWhetherTheCallerMayReadInThePod() throws Exception {
        JobName name = claim.create("");
        try (ReaderPods readers =
                claim.cluster().readers(TestReaderSettings.DEFAULT, PodProcess::start, Clock.systemUTC())) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            ClaimFixture.assertProblem(
                    () -> withProblem(() -> ClaimFixture.text(ClaimFixture.find(jobs.result(name)), 0, 1)),
                    ProblemType.FORBIDDEN,
                    "pods/exec");
        }
        assertThat(claim.pods()).isEmpty();
    }

    @Test
    void aPodThatDoesNotStartIsDeletedAndItsReasonTold() throws Exception {
        JobName name = claim.create("");
        try (ReaderPods readers = claim.readers(new TestReaderSettings(1, Duration.ofSeconds(10)))) {
            Jobs jobs = claim.cluster().jobs(ann, readers);
            FutureTask<String> read =
                    new FutureTask<>(() -> ClaimFixture.text(ClaimFixture.find(jobs.result(name)), 0, 1));
            Thread.ofVirtual().start(read);
            claim.patch(UNSCHEDULABLE, read);
            assertThatThrownBy(read::get)
                    .hasCauseInstanceOf(ProblemException.class)
                    .hasMessageContaining("the claim totals cannot be read")
                    .hasMessageContaining("the claim is in use by another pod");
            assertThat(claim.pods()).isEmpty();
        }
    }
}
