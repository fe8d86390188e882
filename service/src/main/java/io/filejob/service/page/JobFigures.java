package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.status.SliceProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The figures of a job at a time, as lists and pages of jobs show them; an absent figure is an empty text. */
record JobFigures(FileJob job, Instant now) {
    /** The smallest share of slices from which the remaining time is estimated. */
    private static final double MIN_SHARE = 0.02;

    private FileJobStatus status() {
        return Objects.requireNonNullElseGet(job.status(), () -> FileJobStatus.builder(Phase.PENDING, "waiting")
                .build());
    }

    /** Returns the name. */
    public String name() {
        return job.name();
    }

    /** Returns the namespace. */
    public String namespace() {
        return job.metadata().path("namespace").asText();
    }

    /** Returns the path of the job's page. */
    public String path() {
        return "/jobs/" + namespace() + "/" + name();
    }

    /** Returns the name of the operation's field in the spec. */
    public String operation() {
        var operation = job.spec().operation();
        return operation.average() != null
                ? "average"
                : operation.aggregate() != null
                        ? "aggregate"
                        : operation.ingest() != null
                                ? "ingest"
                                : operation.compressImages() != null
                                        ? "compressImages"
                                        : operation.others().keySet().iterator().next();
    }

    /** Returns the phase. */
    public PhaseBadge badge() {
        return PhaseBadge.of(status().phase());
    }

    /** Returns whether the job has ended. */
    public boolean ended() {
        return status().phase() == Phase.COMPLETE || hasFailed();
    }

    /** Returns whether the job has failed. */
    public boolean hasFailed() {
        return status().phase() == Phase.FAILED;
    }

    /** Returns whether the job is complete. */
    public boolean isComplete() {
        return status().phase() == Phase.COMPLETE;
    }

    /** Returns whether a failed part can be done again. */
    public boolean canRedrive() {
        var result = status().result();
        return hasFailed() || (result != null && result.failures() > 0);
    }

    /** Returns whether the job is suspended. */
    public boolean isSuspended() {
        return job.spec().suspend();
    }

    /** Returns the state in one line. */
    public String message() {
        return status().message();
    }

    /** Returns the number of slices, 0 if they are not planned. */
    public int slices() {
        SliceProgress slices = status().slices();
        return slices == null ? 0 : slices.total();
    }

    /** Returns the number of finished slices. */
    public int slicesDone() {
        SliceProgress slices = status().slices();
        return slices == null ? 0 : slices.done();
    }

    /** Returns the percentage of finished slices, below 100 for a job that has not ended. */
    public int percent() {
        if (isComplete()) {
            return 100;
        }
        int share = slices() == 0 ? 0 : (int) (100L * slicesDone() / slices());
        return hasFailed() ? share : Math.min(99, share);
    }

    /** Returns the progress as a text: of a failed job in slices, since a percentage of it could be taken for success. */
    public String progress() {
        return !hasFailed()
                ? percent() + "%"
                : slices() == 0 ? "–" : Figures.count(slicesDone()) + " of " + Figures.count(slices());
    }

    /** Returns the number of rows read. */
    public long rowsIn() {
        var rows = status().rows();
        return rows == null ? 0 : rows.in();
    }

    /** Returns the number of rows read, with separators. */
    public String rows() {
        return status().rows() == null ? "" : Figures.count(rowsIn());
    }

    /** Returns the number of bad records. */
    public long rejected() {
        var rows = status().rows();
        return rows == null ? 0 : rows.rejected();
    }

    /** Returns the mean number of rows per second. */
    public String rate() {
        var summary = status().summary();
        return summary == null || summary.rowsPerSecond() == null ? "" : summary.rowsPerSecond() + "/s";
    }

    /** Returns the estimated time until the end, at a constant rate. */
    public String timeLeft() {
        Instant start = instant(status().startTime());
        if (start == null || status().phase() != Phase.RUNNING || slices() == 0) {
            return "";
        }
        double share = (double) slicesDone() / slices();
        if (share < MIN_SHARE) {
            return "";
        }
        double seconds = Duration.between(start, now).toMillis() / 1000.0 * (1 - share) / share;
        return Figures.duration(Duration.ofSeconds(Math.max(1, Math.round(seconds))));
    }

    /** Returns the time since the start, or between start and end. */
    public String elapsed() {
        Instant start = instant(status().startTime());
        Instant end = instant(status().completionTime());
        return start == null ? "" : Figures.duration(Duration.between(start, end == null ? now : end));
    }

    /** Returns the result in short. */
    public String result() {
        var summary = status().summary();
        return summary == null || summary.result() == null ? "" : summary.result();
    }

    /** Returns when the job was created (RFC 3339). */
    public String created() {
        return job.metadata().path("creationTimestamp").asText();
    }

    /** Returns the time since the job was created. */
    public String age() {
        Instant created = instant(created());
        return created == null ? "" : Figures.age(created, now);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
