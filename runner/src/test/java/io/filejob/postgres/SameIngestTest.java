package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Operations;
import io.filejob.engine.SliceWork;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.storage.Storage;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TableRows;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workers of an ingest stage and load the same rows and report the same counts, in their ledgers and in the database,
 * regardless of their number, order, histories and memory.
 */
@Timeout(180)
final class SameIngestTest {
    private static final String JOB = "same";
    private static final int ROWS = 4_000;

    @TempDir
    private Path folder;

    /** The results of all slices, and the contents of the database and of the file of bad records. */
    private record Done(List<String> results, TableRows staged, TableRows ledger, TableRows table, String rejects) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: append",
                "mode: upsert, keys: [k]",
                "mode: upsert, keys: [k], onConflict: ignore",
                "mode: replace, keys: [k]"
            })
    void anyWorkersLoadTheSameRows(String mode) throws Exception {
        Files.writeString(folder.resolve("in.csv"), text());
        Done alone = done(mode, "64Mi", 1, false);
        assertThat(alone.rejects()).contains("no number", "too long");
        assertThat(alone.table().rows()).hasSizeGreaterThan(ROWS / 4);
        assertThat(done(mode, "64Mi", 3, true)).isEqualTo(alone);
        assertThat(done(mode, "16Mi", 2, true)).isEqualTo(alone);
    }

    private Done done(String mode, String memory, int workers, boolean backwards)
            throws IOException, InvalidManifestException {
        Path base = Files.createTempDirectory(folder, "run");
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: same}
                spec: {memory: %s, onBadRecord: skip, rejects: {uri: rejects.csv},
                  input: {files: ['%s'], sliceBytes: 16Ki},
                  operation: {ingest: {database: {secret: {name: db}}, table: items, %s}}}
                """.formatted(memory, folder.resolve("in.csv"), mode));
        TestDatabase database = PostgresServer.shared().database();
        database.execute(
                "CREATE TABLE items (k text" + (mode.contains("keys") ? " PRIMARY KEY" : "")
                        + ", n integer, t varchar(20))",
                "INSERT INTO items SELECT 'key' || i * 3, i, 'before' FROM generate_series(1, 100) i");
        Secrets secrets = Secrets.of(List.of("db=" + database.secret(base.resolve("db"))));
        try (Storage storage = Storage.of(job.spec(), base, secrets, Mounts.NONE)) {
            Plan plan = Planner.plan(job.spec(), storage);
            assertThat(plan.slicing().slices()).isGreaterThan(3);
            List<SliceWork> works = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                works.add(Operations.slices(new OperationSetup(
                        job.spec(),
                        plan,
                        JOB,
                        storage,
                        storage.folder("partials"),
                        null,
                        base.resolve("scratch-" + i),
                        "attempt-" + i)));
            }
            List<List<SliceResult>> ledgers = works.stream()
                    .map(_ -> (List<SliceResult>) new ArrayList<SliceResult>())
                    .toList();
            TableRows staged = new TableRows(List.of());
            for (Stage stage : plan.stages()) {
                Coverage before = coverage(plan, ledgers);
                each(workers, stage, backwards, (worker, slice) -> {
                    SliceWork work = works.get(worker);
                    List<SliceResult> ledger = ledgers.get(worker);
                    ledger.add(
                            stage.kind() == Stage.Kind.MAP
                                    ? work.map(slice, OptionalLong.empty())
                                    : work.perform(stage, slice, OptionalLong.empty(), before));
                    if (backwards && stage.kind() == Stage.Kind.MAP) {
                        ledger.add(work.map(slice, OptionalLong.empty()));
                    }
                });
                if (stage.kind() == Stage.Kind.MAP && !mode.contains("append")) {
                    String prefix = LoadSetting.prefix(JOB);
                    staged = database.query("SELECT p.start, r.filejob_position, r.k, r.n, r.t FROM " + prefix
                            + "_rows r JOIN " + prefix + "_parts p ON p.part = r.filejob_part");
                    assertThat(staged.rows()).hasSizeGreaterThan(ROWS / 2);
                }
            }
            Coverage coverage = coverage(plan, ledgers);
            assertThat(coverage.isComplete()).isTrue();
            assertThat(coverage.conflicts()).isEmpty();
            TableRows ledger = database.query("SELECT slice, result FROM filejob_ledger WHERE slice >= 0");
            works.getFirst().cleanUp(coverage);
            works.forEach(SliceWork::close);
            return new Done(
                    coverage.results().stream().map(SliceResult::toString).toList(),
                    staged,
                    ledger,
                    database.query("TABLE items"),
                    Files.readString(base.resolve("rejects.csv")));
        }
    }

    /** Processes a slice. */
    private interface Step {
        void run(int worker, int slice);
    }

    /** Runs {@code step} for all slices of a stage, which concurrent workers take in turn from either end. */
    private static void each(int workers, Stage stage, boolean backwards, Step step) {
        int end = stage.first() + stage.slices();
        CompletableFuture.allOf(IntStream.range(0, workers)
                        .mapToObj(worker -> CompletableFuture.runAsync(
                                () -> {
                                    for (int i = worker; i < stage.slices(); i += workers) {
                                        step.run(worker, backwards ? end - 1 - i : stage.first() + i);
                                    }
                                },
                                Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static Coverage coverage(Plan plan, List<List<SliceResult>> results) {
        List<Ledger> ledgers = new ArrayList<>();
        for (List<SliceResult> each : results) {
            ledgers.add(new Ledger(plan.fingerprint().combined(), ledgers.size(), "attempt-" + ledgers.size(), each));
        }
        return Coverage.of(plan, ledgers);
    }

    /** Returns rows: some repeat a key, some are refused by the server. */
    private static String text() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder text = new StringBuilder("k,n,t\n");
        for (int row = 0; row < ROWS; row++) {
            text.append("key").append(random.nextInt(ROWS)).append(',');
            text.append(random.nextInt(500) == 0 ? "no number" : String.valueOf(row));
            text.append(random.nextInt(500) == 0 ? ",too long for a text of this column\n" : ",\"a\"\"b\"\n");
        }
        return text.toString();
    }
}
