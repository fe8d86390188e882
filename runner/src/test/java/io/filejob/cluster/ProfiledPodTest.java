package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.storage.local.InFlightFile;
import io.filejob.testing.kubernetes.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in pods write profiles with a worker's rights, if the operator's ConfigMap asks for them. */
final class ProfiledPodTest {
    private static final String REQUEST = "filejob.io/profile=true";
    private static final String ENGINE = "io.filejob.worker.Worker.run";

    @TempDir
    private Path folder;

    private PodEmulation pod = new PodEmulation(Path.of(""));

    @BeforeEach
    void files() {
        pod = new PodEmulation(folder);
    }

    @AfterEach
    void end() {
        pod.close();
    }

    private static String spec(int files) {
        return String.format(
                Locale.ROOT,
                "input: {generate: {files: %d, entriesPerFile: 200000, filesPerSlice: 1}}, operation: {average: {}}",
                files);
    }

    private static JsonNode profiles(TestJob job) {
        return RealApiServer.get()
                .read("-n", job.namespace, "configmap", "-l", ClusterNames.profileSelector(TestJob.UID))
                .path("items");
    }

    private static String stacks(JsonNode profile) throws IOException {
        return StacksConfigMap.decode(
                profile.path("binaryData").path(ClusterNames.STACKS_KEY).binaryValue());
    }

    @Test
    void eachWorkerLeavesAProfileThatBelongsToTheJob() throws Exception {
        try (TestJob job = new TestJob(spec(60), 2, folder)) {
            job.annotate(REQUEST);
            Process first = pod.start(job);
            Process second = pod.start(
                    job,
                    Map.of("JOB_COMPLETION_INDEX", "1", "FILEJOB_ATTEMPT", "76543210-89ab-4cde-8000-000000000000"),
                    TestJob.NAME);
            assertThat(pod.status(first)).isZero();
            assertThat(pod.status(second)).isZero();
            JsonNode profiles = profiles(job);
            assertThat(profiles).hasSize(2);
            for (JsonNode profile : profiles) {
                assertThat(stacks(profile)).contains(ENGINE);
                assertThat(profile.at("/metadata/ownerReferences/0/uid").asText())
                        .isEqualTo(TestJob.UID);
            }
            assertThat(job.ledgers()).as("profiles are no ledgers").hasSize(2);
        }
    }

    @Test
    void aRunningWorkerBeginsWhenTheAnnotationIsSetAndWritesWhenItIsTerminated() throws Exception {
        try (TestJob job = new TestJob(spec(100_000), 1, folder)) {
            Process worker = pod.start(job);
            await().until(() -> InFlightFile.read(pod.words()).orElse(0) > 2);
            assertThat(Files.readString(pod.log())).doesNotContain("profile");
            job.annotate(REQUEST);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.readString(pod.log()).contains("records a profile"));
            int slice = InFlightFile.read(pod.words()).orElse(0);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> InFlightFile.read(pod.words()).orElse(0) > slice + 5);
            worker.destroy();
            assertThat(pod.status(worker)).isEqualTo(143);
            assertThat(profiles(job)).hasSize(1);
            assertThat(stacks(profiles(job).path(0))).contains(ENGINE);
        }
    }

    @Test
    void aFailedWorkerLeavesItsProfile() throws Exception {
        StringBuilder rows = new StringBuilder("price\n");
        rows.repeat("1.25\n", 4_000_000).append("x\n");
        Files.writeString(folder.resolve("in.csv"), rows);
        String spec =
                "input: {files: ['%s']}, operation: {average: {column: price}}".formatted(folder.resolve("in.csv"));
        try (TestJob job = new TestJob(spec, 1, folder)) {
            job.annotate(REQUEST);
            assertThat(pod.status(pod.start(job))).isEqualTo(65);
            assertThat(stacks(profiles(job).path(0))).contains(ENGINE);
        }
    }

    @Test
    void aWorkerThatIsNotAskedWritesNone() throws Exception {
        try (TestJob job = new TestJob(spec(10), 1, folder)) {
            assertThat(pod.status(pod.start(job))).isZero();
            assertThat(profiles(job)).isEmpty();
        }
    }
}
