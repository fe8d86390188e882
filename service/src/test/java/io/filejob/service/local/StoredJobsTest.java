package io.filejob.service.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.service.job.JobChange;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import io.filejob.testing.time.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that are suspended from the start, or cannot start, so that they have no processes. */
final class StoredJobsTest {
    /** The command of a process that ends at once. */
    private static final List<String> FALSE = List.of("false");

    @TempDir
    Path data;

    private final TestClock clock = new TestClock();
    private LocalJobs jobs;

    @BeforeEach
    void open() {
        jobs = LocalJobsOf.folder(data, 1, FALSE, clock);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    private void reopen() {
        jobs.close();
        open();
    }

    private FileJob suspended(String name) {
        return jobs.create(JobName.LOCAL, LocalJobsOf.average(name, 1, 1).withSuspend(true), null);
    }

    private FileJob failed(String name) {
        FileJob job = jobs.create(JobName.LOCAL, LocalJobsOf.average(name, 1, 1), null);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> LocalJobsOf.status(jobs.get(name(job))).phase() == Phase.FAILED);
        return job;
    }

    private static JobName name(FileJob job) {
        return new JobName(JobName.LOCAL, job.name());
    }

    private static JobQuery page(int limit, @Nullable String after) {
        return new JobQuery(null, Set.of(), null, null, null, limit, after);
    }

    @Test
    void pagesShowAllJobsOnceWithTheNewestFirstAlsoAfterARestart() {
        List<String> created = IntStream.range(0, 7)
                .mapToObj(i -> suspended("job-" + i).name())
                .toList();
        List<String> seen = new ArrayList<>();
        String next = null;
        do {
            JobPage page = jobs.list(page(3, next));
            page.items().forEach(job -> seen.add(job.name()));
            next = page.next();
            suspended("later");
            reopen();
        } while (next != null);
        assertThat(seen).containsExactlyElementsOf(created.reversed());
    }

    @Test
    void aListCanBeLimitedByAllConditions() {
        FileJob first = suspended("first");
        clock.pass(Duration.ofMinutes(1));
        Instant between = clock.instant();
        clock.pass(Duration.ofMinutes(1));
        FileJob second = failed("second");
        reopen();
        assertThat(names(new JobQuery(null, Set.of(Phase.FAILED), null, null, null, 50, null)))
                .containsExactly(second.name());
        assertThat(names(new JobQuery(null, Set.of(Phase.SUSPENDED), null, null, null, 50, null)))
                .containsExactly(first.name());
        assertThat(names(new JobQuery(null, Set.of(), "average", "FIRST", null, 50, null)))
                .containsExactly(first.name());
        assertThat(names(new JobQuery(null, Set.of(), "ingest", null, null, 50, null)))
                .isEmpty();
        assertThat(names(new JobQuery(null, Set.of(), null, null, between, 50, null)))
                .containsExactly(second.name());
        assertThat(names(new JobQuery("other", Set.of(), null, null, null, 50, null)))
                .isEmpty();
    }

    private List<String> names(JobQuery query) {
        return jobs.list(query).items().stream().map(FileJob::name).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "MjAyNg", "../../jobs"})
    void aForgedCursorIsRefused(String cursor) {
        assertProblem(ProblemType.BAD_REQUEST, () -> jobs.list(page(3, cursor)));
    }

    private static void assertProblem(ProblemType type, Runnable request) {
        assertThatThrownBy(request::run).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void aKeyCreatesOneJobAlsoAfterARestart() {
        FileJob wanted = LocalJobsOf.average("once", 1, 1).withSuspend(true);
        FileJob job = jobs.create(JobName.LOCAL, wanted, "../key");
        reopen();
        assertThat(jobs.create(JobName.LOCAL, wanted, "../key").name()).isEqualTo(job.name());
        assertThat(jobs.create(JobName.LOCAL, wanted, "other key").name()).isNotEqualTo(job.name());
        assertProblem(ProblemType.CONFLICT, () -> jobs.create(JobName.LOCAL, wanted.withWorkers(5), "../key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "/", "../jobs", "a/../../b", "\0", "/etc/passwd", ".old-x"})
    void namesNeverBecomePaths(String name) throws IOException {
        suspended("other");
        JobName asked = new JobName(JobName.LOCAL, name);
        for (Runnable request : List.<Runnable>of(
                () -> jobs.get(asked),
                () -> jobs.delete(asked, null),
                () -> jobs.cancel(asked),
                () -> jobs.redrive(asked),
                () -> jobs.update(asked, new JobChange(2, null), null),
                () -> jobs.watch(asked, job -> {}),
                () -> jobs.result(asked),
                () -> jobs.log(asked, 0, 10),
                () -> jobs.workers(asked))) {
            assertProblem(ProblemType.NOT_FOUND, request);
        }

        FileJob wanted = LocalJobsOf.average("replaced", 1, 1).withSuspend(true);
        ((ObjectNode) wanted.metadata()).put("name", name);
        FileJob job = jobs.create(JobName.LOCAL, wanted, null);
        assertThat(job.name()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
        assertThat(data.resolve("jobs").resolve(job.name())).isDirectory();
        try (Stream<Path> folders = Files.list(data.resolve("jobs"))) {
            assertThat(folders).hasSize(2);
        }
    }

    @Test
    void aVeryLongNameIsShortened() {
        FileJob job = suspended("a".repeat(253));
        assertThat(job.name()).hasSize(63);
        assertThat(jobs.get(name(job)).name()).isEqualTo(job.name());
    }

    @Test
    void anEndedJobIsDeletedAfterItsTimeToLive() {
        FileJob byDefault = failed("by-default");
        FileJob waiting = suspended("waiting");
        clock.pass(Duration.ofDays(1).minusMinutes(1));
        jobs.sweep();
        assertThat(names(JobQuery.all())).contains(byDefault.name());

        reopen();
        clock.pass(Duration.ofMinutes(2));
        jobs.sweep();
        assertThat(names(JobQuery.all())).containsExactly(waiting.name());
        assertThat(data.resolve("jobs").resolve(byDefault.name())).doesNotExist();
    }

    @Test
    void aJobCanStateItsTimeToLive() {
        FileJob job = jobs.create(JobName.LOCAL, LocalJobsOf.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: short}
                spec:
                  ttlSecondsAfterFinished: 60
                  input: {generate: {files: 1, entriesPerFile: 1}}
                  operation: {average: {}}
                """), null);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> LocalJobsOf.status(jobs.get(name(job))).phase() == Phase.FAILED);
        clock.pass(Duration.ofSeconds(61));
        jobs.sweep();
        assertThat(names(JobQuery.all())).isEmpty();
    }

    @Test
    void foldersOfInterruptedCreationsAndDeletionsAreRemovedAtTheStart() throws IOException {
        FileJob job = suspended("kept");
        for (String interrupted : List.of(".new-a", ".old-b")) {
            Files.createDirectories(data.resolve("jobs").resolve(interrupted).resolve("store"));
            Files.writeString(data.resolve("jobs").resolve(interrupted).resolve("store/x"), "x");
        }
        reopen();
        try (Stream<Path> folders = Files.list(data.resolve("jobs"))) {
            assertThat(folders)
                    .extracting(folder -> folder.getFileName().toString())
                    .containsExactly(job.name());
        }
    }

    @Test
    void dataOfAnIncompleteJobOutsideOfItsFolderIsDeletedWithIt() throws IOException {
        jobs.close();
        Path calls = data.resolve("calls");
        Path script =
                Files.writeString(data.resolve("command"), "echo \"$@\" >> '" + calls + "'; test \"$1\" = cleanup");
        jobs = LocalJobsOf.folder(data, 1, List.of("sh", script.toString()), clock);
        FileJob job = jobs.create(JobName.LOCAL, LocalJobsOf.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: products}
                spec:
                  input: {files: [products.csv]}
                  operation:
                    ingest: {table: products, database: {secret: {name: products-db}}, mode: append}
                """), null);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> LocalJobsOf.status(jobs.get(name(job))).phase() == Phase.FAILED);
        FileJob other = failed("average");
        jobs.delete(name(job), null);
        jobs.delete(name(other), null);
        Path folder = data.resolve("jobs").resolve(job.name());
        assertThat(Files.readAllLines(calls).getLast())
                .isEqualTo("cleanup " + folder.resolve("job.json") + " --store=" + folder.resolve("store"));
        assertThat(folder).doesNotExist();
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "");
        assertThatThrownBy(() -> LocalJobsOf.folder(file.resolve("data")))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> LocalJobsOf.folder(data)).hasMessageContaining("is used by another service");
    }
}
