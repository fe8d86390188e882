package io.filejob.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.coverage.LineNumbers;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.ImageListPartial;
import io.filejob.ledger.ImageMark;
import io.filejob.ledger.ImageOutcome;
import io.filejob.ledger.ImageOutcomes;
import io.filejob.ledger.ImagesPartial;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.LoadedPartial;
import io.filejob.ledger.Partial;
import io.filejob.ledger.PublishedPartial;
import io.filejob.ledger.Rejection;
import io.filejob.ledger.SliceResult;
import io.filejob.ledger.StagedPartial;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.merge.Merge;
import io.filejob.operation.Planner;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.status.FileJobStatus;
import io.filejob.status.ImageCounts;
import io.filejob.status.RowCounts;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.fuzz.FuzzRun;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers with any values are merged into a status, or refused, for every operation. */
@Timeout(900)
final class MergeFuzzTest {
    private static final String[] JOBS = {
        "operation: {average: {column: n}}, onBadRecord: skip",
        "operation: {average: {column: n}}, onBadRecord: skip, output: {uri: out.csv}",
        "operation: {aggregate: {groupBy: [k], measures: [{function: sum, column: n}, {function: max, column: n},"
                + " {function: first, column: k}, {function: countDistinct, column: n}]}}, onBadRecord: skip",
        "operation: {aggregate: {measures: [{function: avg, column: n}, {function: min, column: k, type: string}]}},"
                + " onBadRecord: skip",
        "operation: {aggregate: {groupBy: [k], measures: [{function: count}], top: {by: count, limit: 3}}},"
                + " onBadRecord: skip, output: {uri: out.csv}, rejects: {uri: rejects.csv}",
        "operation: {aggregate: {groupBy: [k], measures: [{function: sum, column: n, as: s}], top: {by: s, limit: 3}}},"
                + " onBadRecord: skip",
    };

    @TempDir
    private Path folder;

    private final List<Job> jobs = new ArrayList<>();

    /** A job with the stored ledgers of its workers. */
    private record Job(FileJob manifest, Plan plan, List<byte[]> ledgers) {}

    @BeforeEach
    void run() throws Exception {
        StringBuilder rows = new StringBuilder("k,n\n");
        for (int i = 0; i < 60; i++) {
            rows.append("key")
                    .append(i % 7)
                    .append(',')
                    .append(i % 11 == 0 ? "bad" : i + ".5")
                    .append('\n');
        }
        Files.writeString(folder.resolve("a.csv"), rows);
        Files.writeString(folder.resolve("b.csv"), rows);
        for (String job : JOBS) {
            jobs.add(finished(job, null));
        }
        jobs.add(finished(JOBS[2], 0));
        jobs.add(finished(JOBS[5], 0));
        jobs.add(loaded("upsert"));
        jobs.add(loaded("append"));
        jobs.add(images());
    }

    private static FileJob manifest(String rest) throws Exception {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: fuzz}
                spec: {workers: 2, input: {files: ["a.csv", "b.csv"], sliceBytes: 200}, %s}
                """.formatted(rest));
    }

    private Job finished(String rest, @Nullable Integer inlineBytes) throws Exception {
        FileJob job = manifest(rest);
        Path store = folder.resolve("store" + jobs.size());
        LocalOptions options =
                new LocalOptions(folder, Secrets.NONE, Mounts.NONE, store.toString(), false, inlineBytes, _ -> {});
        JobFailedException failure =
                new LocalRun(job, options, Clock.systemUTC()).run().failure();
        assertThat(failure).isNull();
        List<byte[]> ledgers = new ArrayList<>();
        try (Stream<Path> files = Files.list(store.resolve("ledgers"));
                Storage storage = new Storage(folder)) {
            for (Path file : files.sorted().toList()) {
                ledgers.add(Files.readAllBytes(file));
            }
            return new Job(job, Planner.plan(job.spec(), storage), ledgers);
        }
    }

    private Job loaded(String mode) throws Exception {
        FileJob job = manifest("operation: {ingest: {database: {secret: {name: db}}, table: t, mode: " + mode
                + ", columns: [{from: k, to: k, type: text}]" + (mode.equals("upsert") ? ", keys: [k]" : "") + "}}");
        List<InputFile> files =
                List.of(new InputFile("/data/a.csv", 700, "17"), new InputFile("/data/b.csv", 300, "18"));
        Plan plan = Planner.plan(job.spec(), files);
        List<SliceResult> results = new ArrayList<>();
        for (Stage stage : plan.stages()) {
            for (int slice = stage.first(); slice < stage.first() + stage.slices(); slice++) {
                results.add(result(plan, stage, slice));
            }
        }
        Path store = folder.resolve("store" + jobs.size());
        DirectoryStore.temporary(store, plan.fingerprint())
                .write(new Ledger(plan.fingerprint().combined(), 0, "a", results));
        return new Job(job, plan, List.of(Files.readAllBytes(store.resolve("ledgers/worker-0-a"))));
    }

    private Job images() throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: fuzz}
                spec:
                  onBadRecord: skip
                  input: {files: ["a.csv"]}
                  operation: {compressImages: {to: {uri: out}}}
                  output: {uri: out.csv}
                """);
        Plan plan = Planner.plan(job.spec(), List.of(new InputFile("/data/a.csv", 1000, "17")));
        List<ImageMark> marks = List.of(new ImageMark(0, 300, 2, 1, 3), new ImageMark(0, 700, 5, 3, 6));
        List<SliceResult> results = new ArrayList<>();
        results.add(SliceResult.builder(0, 0, 1000, ImageListPartial.of(3, marks, new long[] {1}))
                .bytes(1000)
                .rows(new RowCounts(6, 5, 1))
                .build());
        String fingerprint = plan.fingerprint().combined();
        String list = Coverage.of(plan, List.of(new Ledger(fingerprint, 0, "a", results)))
                .basis(plan.stages().get(1));
        List<ImageOutcome> outcomes = List.of(
                ImageOutcome.stored("jpg", "00ff12345678", false),
                ImageOutcome.failed("NotFound"),
                ImageOutcome.stored("jpg", "00ff12345679", true));
        ImageCounts counts = new ImageCounts(3, 1, 1, 1, 900, 500);
        results.add(SliceResult.later(1, new ImagesPartial(counts, ImageOutcomes.of(outcomes), null, list)));
        String basis = Coverage.of(plan, List.of(new Ledger(fingerprint, 0, "a", results)))
                .basis(plan.stages().getLast());
        results.add(SliceResult.later(2, new PublishedPartial(70, "sha256:00", null, List.of(), basis)));
        Path store = folder.resolve("store" + jobs.size());
        DirectoryStore.temporary(store, plan.fingerprint()).write(new Ledger(fingerprint, 0, "a", results));
        return new Job(job, plan, List.of(Files.readAllBytes(store.resolve("ledgers/worker-0-a"))));
    }

    private static SliceResult result(Plan plan, Stage stage, int slice) {
        if (stage.kind() != Stage.Kind.MAP) {
            return SliceResult.later(slice, new LoadedPartial(1, 2, 0, 0, 0));
        }
        long begin = plan.slicing().begin(slice);
        long end = plan.slicing().end(slice);
        Partial staged = new StagedPartial(3);
        return new SliceResult(
                slice, begin, end, true, 3, end - begin, new RowCounts(3, 3, 0), List.of(), null, null, staged);
    }

    @Test
    void ledgers() throws Exception {
        for (Job job : jobs) {
            // As long as nothing is forged, the job is complete.
            assertThat(merged(job, job.ledgers()).phase()).isNotNull();
        }
        FuzzRun.repeat("merged ledgers", random -> {
            Job job = jobs.get(random.nextInt(jobs.size()));
            List<byte[]> ledgers = new ArrayList<>(job.ledgers());
            int forged = random.nextInt(ledgers.size());
            ledgers.set(forged, ForgedLedgers.forged(ledgers.get(forged), random));
            try {
                FileJobStatus status = merged(job, ledgers);
                assertThat(Json.digest(status)).startsWith("sha256:");
            } catch (JobFailedException refused) {
                assertThat(refused.exitCode()).isEqualTo(ExitCode.STORE_LOST);
                assertThat(refused.getMessage()).hasSizeLessThan(1000);
            }
        });
    }

    /** Reads the ledgers from a folder and returns the status of the job: complete, failed or unfinished. */
    private FileJobStatus merged(Job job, List<byte[]> ledgers) throws IOException {
        Path store = folder.resolve("forged" + jobs.indexOf(job));
        DirectoryStore.temporary(store, job.plan().fingerprint());
        try (Stream<Path> old = Files.list(store.resolve("ledgers"))) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        for (int i = 0; i < ledgers.size(); i++) {
            Files.write(store.resolve("ledgers").resolve("worker-" + i), ledgers.get(i));
        }
        Coverage coverage = Coverage.of(
                job.plan(),
                DirectoryStore.temporary(store, job.plan().fingerprint()).ledgers());
        Instant now = Instant.EPOCH;
        if (coverage.isComplete()) {
            assertThat(coverage.bytes())
                    .isEqualTo(job.plan().slicing().end(job.plan().slicing().slices() - 1));
            return Merge.complete(job.manifest().spec(), coverage, now, now);
        }
        SliceResult failed = coverage.failed();
        Rejection failure = failed == null ? null : failed.failure();
        String message = failed == null || failure == null
                ? "unfinished"
                : LineNumbers.failure(coverage, failed, failure).describe();
        return Merge.failed(
                job.manifest().spec(), new JobFailedException(ExitCode.BAD_INPUT, message), coverage, null, now, now);
    }
}
