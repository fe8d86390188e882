package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.JobFailedException;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.operation.Planner;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.storage.configmap.PinnedListing;
import io.filejob.testing.kubernetes.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All workers of a job share one listing of the input. */
final class PlanConfigMapTest {
    private static final List<InputFile> FILES = List.of(
            new InputFile("/data/a.csv", 10, "1"),
            new InputFile("s3://music/ö \"b\".csv", 1L << 40, "\"e\""),
            new InputFile("https://host/c.csv", 1, "", false));

    @TempDir
    private Path folder;

    private String spec = "";

    @BeforeEach
    void input() throws IOException {
        Path file = Files.writeString(folder.resolve("in.txt"), "1\n");
        spec = "input: {files: ['%s'], format: {lines: {}}}, operation: {average: {}}".formatted(file);
    }

    private static Plan plan(TestJob job, List<InputFile> files) {
        return Planner.plan(job.job().spec(), files);
    }

    @Test
    void theFirstListingIsThatOfAllWorkersAndCannotBeChanged() {
        try (TestJob job = new TestJob(spec, 2, folder)) {
            ConfigMaps configMaps = job.configMaps();
            JobConfigMap config = JobConfigMap.read(configMaps, TestJob.NAME);
            assertThat(PinnedListing.read(configMaps, config)).isEmpty();

            InputListingConfigMap first = PinnedListing.pin(configMaps, config, plan(job, FILES));
            InputListingConfigMap second = PinnedListing.pin(configMaps, config, plan(job, List.of(FILES.getLast())));

            assertThat(first.files()).isEqualTo(FILES);
            assertThat(second).isEqualTo(first);
            assertThat(PinnedListing.read(configMaps, config)).contains(first);
            JsonNode made = RealApiServer.get().read("-n", job.namespace, "configmap", TestJob.NAME + "-plan");
            assertThat(made.path("immutable").asBoolean()).isTrue();
            assertThat(made.at("/metadata/labels/filejob.io~1role").asText()).isEqualTo("plan");
            assertThat(made.at("/metadata/ownerReferences/0/uid").asText()).isEqualTo(TestJob.UID);
        }
    }

    @Test
    void aPlanOfAnotherSpecIsNotTakenForIt() {
        try (TestJob job = new TestJob(spec, 1, folder)) {
            InputListingConfigMap pinned = PinnedListing.pin(
                    job.configMaps(), JobConfigMap.read(job.configMaps(), TestJob.NAME), plan(job, FILES));

            pinned.check(plan(job, FILES));
            assertThatThrownBy(() -> pinned.check(plan(job, List.of())))
                    .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.BAD_MANIFEST))
                    .hasMessageContaining("start a new job");
        }
    }

    /** Forty thousand names with distinct times. */
    @Test
    void theLargestListingFitsAndALargerOneIsRefusedWithWhatHelps() {
        try (TestJob job = new TestJob(spec, 1, folder)) {
            JobConfigMap config = JobConfigMap.read(job.configMaps(), TestJob.NAME);
            List<InputFile> files = many(40_000);

            assertThat(PinnedListing.pin(job.configMaps(), config, plan(job, files))
                            .files())
                    .isEqualTo(files);
            assertThatThrownBy(() -> PinnedListing.pin(job.configMaps(), config, plan(job, many(80_000))))
                    .isInstanceOfSatisfying(JobFailedException.class, failure -> assertThat(failure.reason())
                            .isEqualTo(FailureReason.TOO_MANY_FILES))
                    .hasMessageContainingAll("80,000 files", "921,600", "spec.input.files", "larger ones");
        }
    }

    private static List<InputFile> many(int files) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, files)
                .mapToObj(i -> new InputFile(
                        "/data/plays/part-" + i + ".csv",
                        random.nextLong(1 << 20),
                        Long.toString(1_700_000_000_000_000_000L + random.nextLong(1_000_000_000_000L))))
                .toList();
    }
}
