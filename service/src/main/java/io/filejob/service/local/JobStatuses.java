package io.filejob.service.local;

import io.filejob.failure.Excerpt;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.FileJobStatusBuilder;
import io.filejob.status.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statuses of jobs that have no process. */
final class JobStatuses {
    /** The reason of a job that was stopped for good. */
    static final String CANCELLED = "Cancelled";

    private static final String PREFIX = "filejob: ";
    /** The exit status of a process that was ended by signal n is this number plus n. */
    private static final int SIGNALS = 128;

    private JobStatuses() {}

    /** Returns the status of a job that waits; {@code ahead} is the number of jobs that start before it. */
    static FileJobStatus queued(@Nullable FileJobStatus last, int ahead) {
        String message = ahead == 0
                ? "waiting for a running job to end; next in the queue"
                : "waiting for a running job to end; position " + (ahead + 1) + " in the queue";
        return unended(last, Phase.PENDING, message).reason("Queued").build();
    }

    /** Returns the status of a job that is about to start. */
    static FileJobStatus starting(@Nullable FileJobStatus last) {
        return unended(last, Phase.PENDING, "starting").reason("Starting").build();
    }

    /** Returns the status of a suspended job. */
    static FileJobStatus suspended(@Nullable FileJobStatus last) {
        return unended(last, Phase.SUSPENDED, "suspended; finished slices are kept")
                .reason("Suspended")
                .build();
    }

    /** Returns the status of a job that was stopped for good. */
    static FileJobStatus cancelled(@Nullable FileJobStatus last, Instant now) {
        return failed(last, CANCELLED, "cancelled on request; a redrive continues it", now);
    }

    /**
     * Returns the status of a job with a process that ended with {@code exitStatus}, without a final status, after it had
     * printed {@code log}.
     */
    static FileJobStatus crashed(@Nullable FileJobStatus last, int exitStatus, List<String> log, Instant now) {
        String printed =
                log.stream().filter(line -> !line.isBlank()).map(String::strip).collect(Collectors.joining("; "));
        String own = log.stream()
                .filter(line -> line.startsWith(PREFIX))
                .map(line -> line.substring(PREFIX.length()))
                .collect(Collectors.joining("; "));
        ExitCode code = ExitCode.of(exitStatus);
        if (code != ExitCode.INTERNAL && exitStatus < SIGNALS && !own.isEmpty()) {
            return failed(last, FailureReason.of(code, own).text(), own, now);
        }
        String how = exitStatus > SIGNALS
                ? "the process of the job was killed by signal " + (exitStatus - SIGNALS)
                : "the process of the job ended with exit status " + exitStatus;
        String text = how + "; a redrive continues it" + (printed.isEmpty() ? "" : "; its last messages: " + printed);
        return failed(last, FailureReason.INTERNAL_ERROR.text(), text, now);
    }

    /** Returns the status of a job with a process that cannot be started. */
    static FileJobStatus unstarted(@Nullable FileJobStatus last, String problem, Instant now) {
        return failed(
                last, FailureReason.INTERNAL_ERROR.text(), "the process of the job cannot be started: " + problem, now);
    }

    private static FileJobStatus failed(@Nullable FileJobStatus last, String reason, String message, Instant now) {
        String text = Excerpt.of(message, Excerpt.MAX_MESSAGE);
        String time = now.truncatedTo(ChronoUnit.MILLIS).toString();
        return unended(last, Phase.FAILED, text)
                .reason(reason)
                .conditions(List.of(new Condition("Failed", "True", reason, text, time, null)))
                .completionTime(time)
                .build();
    }

    private static FileJobStatusBuilder unended(@Nullable FileJobStatus last, Phase phase, String message) {
        FileJobStatusBuilder status = FileJobStatus.builder(phase, message);
        return last == null
                ? status
                : status.startTime(last.startTime())
                        .plan(last.plan())
                        .slices(last.slices())
                        .rows(last.rows())
                        .rejected(last.rejected())
                        .workers(last.workers())
                        .summary(last.summary());
    }
}
