package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Operations;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.state.StateStore;
import io.filejob.validation.InvalidManifestException;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A worker with memory or a disk that altered a number delivers a copy of a slice that differs, at any moment. The job ends
 * with the right result, which another copy confirms, or is refused by name.
 */
@Timeout(120)
final class DifferingCopyTest {
    private static final int SLICE = 3;
    private static final int RANGES = 3;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private FileJob job;
    private Plan plan;

    @BeforeEach
    void planSpilling() throws IOException, InvalidManifestException {
        plan("", 40);
    }

    /** Plans a job with groups in files if the ledgers hold fewer than {@code inlineBytes}. */
    private void plan(String top, int inlineBytes) throws IOException, InvalidManifestException {
        StringBuilder rows = new StringBuilder("song,plays\n");
        for (int i = 0; i < 6_000; i++) {
            rows.append("song ").append(i % 2_003).append(',').append(i % 500 == 3 ? "x" : 1000 + i);
            rows.append('\n');
        }
        bench.write("in.csv", rows.toString());
        Files.createDirectories(bench.path("other"));
        bench.write("other/in.csv", rows.toString().replace(",3000\n", ",8000\n"));
        job = ManifestReader.read(Files.readString(bench.manifest("job.yaml", """
                input: {files: [in.csv], sliceBytes: 8Ki}, onBadRecord: skip, rejects: {uri: rejects.csv},
                output: {uri: out.csv},
                operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays, as: s}]%s}}""".formatted(top))));
        plan = cut(bench.folder(), inlineBytes);
        assertThat(plan.slicing().slices()).isGreaterThan(SLICE + 4);
    }

    private Plan cut(Path folder, int inlineBytes) {
        return Planner.recut(
                job.spec(),
                Planner.plan(job.spec(), new Storage(folder)),
                new Cut(Cut.PROTOCOL, 8192, RANGES, 0, inlineBytes));
    }

    /** Returns the result of the slice by a worker that reads another number, and replaces the file of its groups. */
    private SliceResult differing(Path store) {
        Path folder = bench.path("other");
        Storage storage = new Storage(folder);
        Plan other = cut(folder, plan.fingerprint().cut().inlineBytes());
        OperationSetup setup = new OperationSetup(
                job.spec(),
                other,
                "job",
                storage,
                storage.folder(store.resolve("partials").toString()),
                null,
                bench.path("scratch-other"),
                "late");
        try (SliceWork work = Operations.slices(setup)) {
            return work.map(SLICE, OptionalLong.empty());
        }
    }

    private Ledger late(String attempt, SliceResult... results) {
        return new Ledger(plan.fingerprint().combined(), 7, attempt, List.of(results));
    }

    private Worker worker(StateStore store, Path folder, int index, int workers, IntConsumer inFlight) {
        Storage storage = new Storage(bench.folder());
        return new Worker(new WorkerSetup(
                job.spec(),
                plan,
                store,
                storage,
                storage.folder(folder.resolve("partials").toString()),
                null,
                new WorkerSetup.Identity(index, workers, "worker-" + index),
                bench.path("scratch-" + index),
                inFlight::accept,
                Clock.systemUTC()));
    }

    private Coverage run(Path folder, int workers, IntConsumer inFlight) {
        StateStore store = DirectoryStore.ofRun(folder, plan.fingerprint());
        List<CompletableFuture<Boolean>> runs = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Worker worker = worker(store, folder, i, workers, inFlight);
            runs.add(CompletableFuture.supplyAsync(worker::run, Thread::startVirtualThread));
        }
        runs.forEach(each -> assertThat(each.join()).isTrue());
        return Coverage.of(plan, store.ledgers());
    }

    private List<String> published() throws IOException {
        return List.of(Files.readString(bench.path("out.csv")), Files.readString(bench.path("rejects.csv")));
    }

    @ParameterizedTest
    @CsvSource({
        "MAP, 1, 40, ''",
        "REDUCE, 1, 40, ''",
        "REDUCE, 3, 40, ', top: {by: s, limit: 100}'",
        "PUBLISH, 1, 40, ''",
        "PUBLISH, 2, 1048576, ''"
    })
    void theJobEndsRight(Stage.Kind moment, int workers, int inlineBytes, String top) throws Exception {
        plan(top, inlineBytes);
        run(bench.path("undisturbed"), workers, _ -> {});
        List<String> expected = published();

        Path folder = bench.path("store");
        StateStore other = DirectoryStore.ofRun(folder, plan.fingerprint());
        AtomicBoolean delivered = new AtomicBoolean();
        int from = plan.stages().stream()
                .filter(stage -> stage.kind() == moment)
                .mapToInt(stage -> stage.first() + (moment == Stage.Kind.MAP ? SLICE + 1 : 0))
                .findFirst()
                .orElseThrow();
        Coverage coverage = run(folder, workers, slice -> {
            if (slice >= from && delivered.compareAndSet(false, true)) {
                other.write(late("late", differing(folder)));
            }
        });

        assertThat(delivered).as(moment.name().toLowerCase(Locale.ROOT)).isTrue();
        assertThat(coverage.isComplete()).isTrue();
        assertThat(coverage.conflicts())
                .singleElement()
                .asString()
                .contains("slice " + SLICE + ": ", "attempt late", "attempt worker-");
        assertThat(published()).isEqualTo(expected);
    }

    @Test
    void aJobThatWasCompleteIsPublishedAgainWithTheSameBytes() throws Exception {
        Path folder = bench.path("store");
        run(folder, 2, _ -> {});
        List<String> expected = published();
        DirectoryStore.ofRun(folder, plan.fingerprint()).write(late("late", differing(folder)));

        FilejobProcess.End end =
                bench.run("run", "--store", folder, bench.path("job.yaml")).with(0);

        assertThat(end.err()).contains("warning: slice " + SLICE + ": ", "attempt late");
        assertThat(published()).isEqualTo(expected);
    }

    @Test
    void copiesThatNeverAgreeAreRefused() throws Exception {
        Path folder = bench.path("store");
        StateStore store = DirectoryStore.ofRun(folder, plan.fingerprint());
        SliceResult result = differing(folder);
        for (int i = 0; i < 7; i++) {
            store.write(late("late-" + i, altered(result, i)));
        }
        assertThatThrownBy(() -> run(folder, 1, _ -> {}))
                .hasRootCauseInstanceOf(JobFailedException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        JobFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORE_LOST))
                .hasMessageContainingAll("slice " + SLICE, "late-", "7 copies");
        assertThat(bench.path("out.csv")).doesNotExist();
    }

    private static SliceResult altered(SliceResult result, int lines) {
        return result.toBuilder().lines(result.lines() + lines).build();
    }
}
