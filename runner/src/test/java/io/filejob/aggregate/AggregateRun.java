package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.security.Sha256;
import io.filejob.spec.CsvFormat;
import io.filejob.spec.FormatSpec;
import io.filejob.status.AggregateResult;
import io.filejob.status.FileJobStatus;
import io.filejob.status.JobResult;
import io.filejob.status.Rejected;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the engine in this process, in a folder with a fixture's files, and compares it with the oracle. */
final class AggregateRun {
    private final Fixture fixture;
    private final Path folder;
    private final Expected expected;
    /** Limit in bytes for partial results without runs; the default if null. */
    private @Nullable Integer inlineBytes;

    /** Runs in the existing folder {@code folder}. */
    AggregateRun(Fixture fixture, Path folder) {
        this.fixture = fixture;
        this.folder = folder;
        this.expected = fixture.expected(folder);
        fixture.write(folder);
    }

    /** Makes every slice write its groups as a run, however few they are. */
    AggregateRun spilling() {
        inlineBytes = 0;
        return this;
    }

    /** Returns the size of the input in bytes. */
    int bytes() {
        return fixture.bytes();
    }

    /** Runs {@code job} in {@code folder}. */
    static LocalRun.RunOutcome outcome(FileJob job, Path folder) {
        return outcome(job, folder, null);
    }

    private static LocalRun.RunOutcome outcome(FileJob job, Path folder, @Nullable Integer inlineBytes) {
        try {
            return new LocalRun(
                            job,
                            new LocalOptions(folder, Secrets.NONE, Mounts.NONE, null, false, inlineBytes, _ -> {}),
                            Clock.systemUTC())
                    .run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asserts that {@code workers} workers with slices of {@code sliceBytes} bytes produce the expected outcome. */
    void check(long sliceBytes, int workers, Object what) {
        String where =
                what + ", slices of " + sliceBytes + " bytes, W=" + workers + ", of\n" + fixture.describe() + "\n";
        Path output = folder.resolve(Fixture.OUTPUT);
        Path rejects = folder.resolve(Fixture.REJECTS);
        delete(output);
        delete(rejects);
        FileJob job = fixture.job(Long.toString(sliceBytes)).withWorkers(workers);
        LocalRun.RunOutcome outcome = outcome(job, folder, inlineBytes);
        JobFailedException failure = outcome.failure();
        if (!expected.failures().isEmpty()) {
            assertThat(failure).as(where).isNotNull();
            assertFailure(Objects.requireNonNull(failure), workers, where);
            assertThat(output).as(where).doesNotExist();
            assertThat(rejects).as(where).doesNotExist();
            return;
        }
        if (failure != null) {
            throw new AssertionError(where, failure);
        }
        assertStatus(job, outcome.status(), where);
        if (job.spec().output() != null) {
            assertFile(output, expected.output(), where);
        }
        if (job.spec().rejects() != null) {
            assertFile(rejects, expected.rejects(), where);
        }
    }

    private void assertFailure(JobFailedException failure, int workers, String where) {
        List<String> possible = workers == 1 ? expected.failures().subList(0, 1) : expected.failures();
        assertThat(failure.getMessage()).as(where).isIn(possible);
        assertThat(failure.exitCode()).as(where).isEqualTo(ExitCode.BAD_INPUT);
    }

    private void assertStatus(FileJob job, FileJobStatus status, String where) {
        assertThat(status.rows()).as(where).isEqualTo(expected.rows());
        Rejected rejected = status.rejected();
        assertThat(rejected == null ? List.of() : rejected.samples()).as(where).isEqualTo(expected.samples());
        AggregateResult result = (AggregateResult) Objects.requireNonNull(status.result());
        assertThat(result.groups()).as(where).isEqualTo(expected.groups());
        assertThat(rows(job, result)).as(where).isEqualTo(cut(expected.firstRows()));
        if (job.spec().output() == null) {
            assertThat(result.digest())
                    .as(where)
                    .isEqualTo(whole(result, expected.firstRows()).digested().digest());
            return;
        }
        byte[] output = ByteText.bytes(expected.output());
        assertThat(result.output().bytes()).as(where).isEqualTo(output.length);
        assertThat(result.digest()).as(where).isEqualTo(Sha256.of(output));
    }

    /** Shows a null as in the output, or as null. */
    private static List<List<String>> rows(FileJob job, AggregateResult result) {
        FormatSpec format = Objects.requireNonNull(job.spec().input().format());
        CsvFormat csv = Objects.requireNonNull(format.csv());
        String nothing = Objects.requireNonNullElse(csv.nullText(), "");
        return result.rows().stream()
                .map(row -> row.stream()
                        .map(text -> Objects.requireNonNullElse(text, nothing))
                        .toList())
                .toList();
    }

    /** Shortens rows as in a status. */
    private static List<List<String>> cut(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(ByteText::cut).toList())
                .toList();
    }

    private static JobResult whole(AggregateResult result, List<List<String>> rows) {
        return JobResult.ofGroups(result.groups(), result.columns(), rows);
    }

    private static void assertFile(Path file, @Nullable String content, String where) {
        try {
            assertThat(ByteText.of(Files.readAllBytes(file))).as(where).isEqualTo(content);
        } catch (IOException e) {
            throw new AssertionError(where, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
