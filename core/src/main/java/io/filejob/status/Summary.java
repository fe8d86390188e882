package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The status as short texts for the columns of {@code kubectl get}. Programs should read the other fields. */
@JsonPropertyOrder({"progress", "result", "rowsPerSecond", "duration"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Summary(
        @JsonPropertyDescription("Slices done and planned, for example 12/200.")
        String progress,

        @JsonPropertyDescription("The result in short; absent unless the job is complete.") @Nullable
        String result,

        @JsonPropertyDescription("Rows read per second by all workers.") @Nullable
        String rowsPerSecond,

        @JsonPropertyDescription("The duration of the job until now or until its end, for example 1m4s.") @Nullable
        String duration) {
    /** Returns the summary of a job with this progress, with the time {@code between} its start and now. */
    public static Summary of(
            SliceProgress slices, @Nullable RowCounts rows, @Nullable JobResult result, Duration between) {
        // The wall clock may have been set back since the start.
        Duration elapsed = between.isNegative() ? Duration.ZERO : between;
        return new Summary(
                slices.done() + "/" + slices.total(),
                result == null ? null : shortly(result),
                rows == null ? null : rate(rows.in(), elapsed),
                show(elapsed));
    }

    private static @Nullable String shortly(JobResult result) {
        return switch (result) {
            case AverageResult average -> average.average();
            case AggregateResult aggregate -> count(aggregate.groups(), "group");
            case ImagesResult images -> images.images().describe();
            case IngestResult ingest -> count(ingest.tableRows(), "row");
        };
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    private static @Nullable String rate(long rows, Duration elapsed) {
        return elapsed.toMillis() < 1
                ? null
                : String.format(Locale.ROOT, "%,d", Math.round(rows * 1000.0 / elapsed.toMillis()));
    }

    /**
     * Formats a duration as {@code kubectl} does, with its two largest units; below a minute in seconds with tenths.
     */
    private static String show(Duration elapsed) {
        if (elapsed.toDays() > 0) {
            return elapsed.toDays() + "d" + elapsed.toHoursPart() + "h";
        }
        if (elapsed.toHours() > 0) {
            return elapsed.toHours() + "h" + elapsed.toMinutesPart() + "m";
        }
        if (elapsed.toMinutes() > 0) {
            return elapsed.toMinutes() + "m" + elapsed.toSecondsPart() + "s";
        }
        return String.format(Locale.ROOT, "%.1fs", elapsed.toMillis() / 1000.0);
    }
}
