package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.cli.FilejobJvm;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.FileJobStatus;
import io.filejob.status.IngestResult;
import io.filejob.status.RowCounts;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import io.filejob.testing.system.Interrupts;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs ingests in this process: of all {@code *.csv} files in a folder, with three workers and small slices, into a new
 * database; its Secret is named {@code db}.
 */
final class IngestRun {
    /** File of bad records for jobs with {@link #SKIPPING}. */
    static final String REJECTS = "rejects.txt";

    /** Spec members that skip bad records. */
    static final String SKIPPING = "onBadRecord: skip, rejects: {uri: " + REJECTS + "}";

    private static final String FEW_BYTES = "40";

    final TestDatabase database;
    private final Path folder;
    private Path secret;
    private int secrets;

    /** Creates a new database on the shared test server. */
    IngestRun(Path folder) {
        this(folder, PostgresServer.shared().database());
    }

    IngestRun(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
        this.secret = database.secret(folder.resolve("secret"));
    }

    /** Adds or replaces keys of the Secret; keys with an empty value are removed. */
    IngestRun withSecret(Map<String, String> more) {
        secret = database.secret(folder.resolve("secret" + ++secrets), more);
        return this;
    }

    /** Writes a file, which belongs to the input if its name ends in {@code .csv}. */
    IngestRun file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    IngestRun file(String name, byte[] content) {
        try {
            Files.write(folder.resolve(name), content);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the path of a file, as used in the sources of records. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Returns the bad records of the previous run. */
    String rejects() {
        try {
            return Files.readString(folder.resolve(REJECTS));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a job with these members of {@code ingest} and of {@code spec}, in YAML's flow style. */
    FileJob job(String ingest, String rest) {
        return job("", ingest, rest, FEW_BYTES);
    }

    /** Returns a job that also has members of {@code csv} and a slice size. */
    FileJob job(String csv, String ingest, String rest, String sliceBytes) {
        try {
            return ManifestReader.read(manifest(csv, ingest, rest, sliceBytes));
        } catch (InvalidManifestException e) {
            throw new AssertionError(manifest(csv, ingest, rest, sliceBytes), e);
        }
    }

    /** Returns the manifest of such a job. */
    static String manifest(String csv, String ingest, String rest, String sliceBytes) {
        return """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: ingest}
                spec:
                  workers: 3
                  input: {files: ["*.csv"], sliceBytes: %s, format: {csv: {%s}}}
                  operation: {ingest: {database: {secret: {name: db}}, %s}}
                """.formatted(sliceBytes, csv, ingest)
                + (rest.isEmpty() ? "" : "  " + rest.replace(", rejects", "\n  rejects") + "\n");
    }

    /** Starts a {@code filejob} command with the Secret and this manifest in a separate process. */
    Process start(String command, String manifest) {
        file("job.yaml", manifest);
        try {
            List<String> line = new ArrayList<>(FilejobJvm.command());
            line.addAll(List.of(
                    "io.filejob.cli.Main",
                    command,
                    "--secret",
                    "db=" + secret,
                    path("job.yaml").toString()));
            return new ProcessBuilder(Interrupts.allowedFor(line))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    LocalRun.RunOutcome outcome(FileJob job) {
        try {
            return new LocalRun(
                            job,
                            new LocalOptions(
                                    folder,
                                    Secrets.of(List.of("db=" + secret)),
                                    Mounts.NONE,
                                    null,
                                    false,
                                    null,
                                    _ -> {}),
                            Clock.systemUTC())
                    .run();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a job that must succeed; returns its status. */
    FileJobStatus completes(FileJob job) {
        LocalRun.RunOutcome outcome = outcome(job);
        if (outcome.failure() != null) {
            throw new AssertionError(outcome.failure());
        }
        return outcome.status();
    }

    /** Runs a job that must succeed; returns its row counts. */
    IngestResult loads(String ingest) {
        return result(completes(job(ingest, "")));
    }

    /** Like {@link #loads}, for input with bad records. */
    IngestResult loadsGood(String ingest) {
        return result(completes(job(ingest, SKIPPING)));
    }

    static IngestResult result(FileJobStatus status) {
        return (IngestResult) Objects.requireNonNull(status.result());
    }

    static RowCounts rows(FileJobStatus status) {
        return Objects.requireNonNull(status.rows());
    }

    /** Runs a job that must fail with this exit code; returns its message. */
    String fails(ExitCode code, String ingest) {
        return fails(code, job(ingest, ""));
    }

    String fails(ExitCode code, FileJob job) {
        JobFailedException failure = Objects.requireNonNull(outcome(job).failure(), "the job does not fail");
        String message = String.valueOf(failure.getMessage());
        assertThat(failure.exitCode()).as(message).isEqualTo(code);
        return message;
    }

    /** Asserts that a job has left no table, sequence or other object in the schemas except its ledger. */
    void assertNothingLeft() {
        assertThat(leftovers()).isEmpty();
    }

    /** Returns the names of objects that jobs have created and not removed, except the ledger. */
    List<String> leftovers() {
        return database
                .query("SELECT relname FROM pg_class WHERE starts_with(relname, 'filejob_')"
                        + " AND NOT starts_with(relname, 'filejob_ledger')")
                .rows()
                .stream()
                .map(List::getFirst)
                .toList();
    }
}
