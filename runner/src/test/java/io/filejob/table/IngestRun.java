package io.filejob.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.faults.Interrupts;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJob;
import io.filejob.model.FileJobStatus;
import io.filejob.model.InvalidManifest;
import io.filejob.model.JobFailure;
import io.filejob.model.JobResult;
import io.filejob.model.ManifestReader;
import io.filejob.model.RowCounts;
import io.filejob.storage.Mounts;
import io.filejob.storage.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs ingests in this process: of all {@code *.csv} in a folder, by three workers in small slices, into a database of its
 * own, whose Secret is {@code db}.
 */
final class IngestRun {
    /** Where bad records go if a job has {@link #SKIPPING}. */
    static final String REJECTS = "rejects.txt";

    /** Bad records are skipped. */
    static final String SKIPPING = "onBadRecord: skip, rejects: {uri: " + REJECTS + "}";

    private static final String FEW_BYTES = "40";

    final TestDatabase database;
    private final Path folder;
    private Path secret;
    private int secrets;

    /** With a new database of the server that tests share. */
    IngestRun(Path folder) {
        this(folder, PostgresServer.shared().database());
    }

    IngestRun(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
        this.secret = database.secret(folder.resolve("secret"));
    }

    /** From now on the Secret has these keys instead or as well; those with an empty value are left out. */
    IngestRun withSecret(Map<String, String> more) {
        secret = database.secret(folder.resolve("secret" + ++secrets), more);
        return this;
    }

    /** Writes a file, of the input if its name ends so. */
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

    /** Where a file is, as sources of records are named. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** The bad records of the run before. */
    String rejects() {
        try {
            return Files.readString(folder.resolve(REJECTS));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A job with these members of {@code ingest} and of {@code spec}, in YAML's flow style. */
    FileJob job(String ingest, String rest) {
        return job("", ingest, rest, FEW_BYTES);
    }

    /** With members of {@code csv}, too, and another size of slices. */
    FileJob job(String csv, String ingest, String rest, String sliceBytes) {
        try {
            return ManifestReader.read(manifest(csv, ingest, rest, sliceBytes));
        } catch (InvalidManifest e) {
            throw new AssertionError(manifest(csv, ingest, rest, sliceBytes), e);
        }
    }

    /** The job as users write it. */
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

    /** Starts a command of {@code filejob} with the Secret and this manifest in a process of its own. */
    Process start(String command, String manifest) {
        file("job.yaml", manifest);
        try {
            return new ProcessBuilder(Interrupts.allowedFor(List.of(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.filejob.cli.Main",
                            command,
                            "--secret",
                            "db=" + secret,
                            path("job.yaml").toString())))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    LocalRun.Outcome outcome(FileJob job) {
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

    /** The status of a job that must not fail. */
    FileJobStatus completes(FileJob job) {
        LocalRun.Outcome outcome = outcome(job);
        if (outcome.failure() != null) {
            throw new AssertionError(outcome.failure());
        }
        return outcome.status();
    }

    /** What becomes of the rows of a job that must not fail. */
    JobResult loads(String ingest) {
        return result(completes(job(ingest, "")));
    }

    /** As {@link #loads}, with bad records. */
    JobResult loadsGood(String ingest) {
        return result(completes(job(ingest, SKIPPING)));
    }

    static JobResult result(FileJobStatus status) {
        return Objects.requireNonNull(status.result());
    }

    static RowCounts rows(FileJobStatus status) {
        return Objects.requireNonNull(status.rows());
    }

    /** What a job fails with, which it must with this exit code. */
    String fails(ExitCode code, String ingest) {
        return fails(code, job(ingest, ""));
    }

    String fails(ExitCode code, FileJob job) {
        JobFailure failure = Objects.requireNonNull(outcome(job).failure(), "the job does not fail");
        String message = String.valueOf(failure.getMessage());
        assertThat(failure.exitCode()).as(message).isEqualTo(code);
        return message;
    }

    /** Asserts that a job has left no table or sequence, and nothing else in the schemas, but for its ledger. */
    void assertNothingLeft() {
        assertThat(leftovers()).isEmpty();
    }

    /** The names of what jobs have made for themselves and not removed, but for their ledger. */
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
