package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.merge.Merge;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.value.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file with the FileJob and its current status as JSON, which is replaced as a whole, so that a reader never sees a part
 * of it. For one thread.
 */
final class StatusFile implements Consumer<Coverage> {
    private final @Nullable Path file;
    private final FileJob job;
    private final Clock clock;
    private final Instant started;

    private StatusFile(@Nullable Path file, FileJob job, Clock clock) {
        this.file = file;
        this.job = job;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Returns the status file of a job that begins now; one that writes nothing if {@code file} is null. */
    static StatusFile of(@Nullable Path file, FileJob job, Clock clock) {
        StatusFile status = new StatusFile(file, job, clock);
        status.waiting("preparing the job");
        return status;
    }

    /** Returns the status file of a job that has ended, which is not written yet. */
    static StatusFile ofEnded(Path file, FileJob job) {
        return new StatusFile(file, job, Clock.systemUTC());
    }

    /** Writes the progress of a job with a plan. */
    @Override
    public void accept(Coverage coverage) {
        if (file != null) {
            write(job.withStatus(Merge.running(job.spec(), coverage, started, clock.instant())));
        }
    }

    /** Writes the reason for waiting before there is a plan. */
    void waiting(String text) {
        if (file != null) {
            write(job.withStatus(FileJobStatus.builder(Phase.PENDING, text)
                    .startTime(started.truncatedTo(ChronoUnit.MILLIS).toString())
                    .build()));
        }
    }

    /** Writes {@code current}; fails with {@link ExitCode#NO_OUTPUT} if that is not possible. */
    void write(FileJob current) {
        if (file == null) {
            return;
        }
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, Json.pretty(current));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.NO_OUTPUT, "--status-file: " + file + " cannot be written: " + IoReason.of(e), e);
        }
    }
}
