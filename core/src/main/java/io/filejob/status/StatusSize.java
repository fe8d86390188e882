package io.filejob.status;

import io.filejob.failure.Excerpt;
import io.filejob.value.Json;
import io.filejob.value.Location;
import java.util.List;
import java.util.stream.Stream;

/**
 * Limits the size of statuses for any data: texts are truncated and, if that is not enough, truncated further, and
 * fewer
 * rows are shown. Thread-safe.
 */
public final class StatusSize {
    /** The maximum size of a status as JSON, in bytes. */
    public static final int MAX_BYTES = 60 << 10;

    private static final List<SizeLimits> LEVELS = List.of(
            new SizeLimits(
                    Excerpt.MAX_CELL,
                    JobResult.MAX_ROWS,
                    Location.MAX_LENGTH,
                    Location.MAX_LENGTH,
                    Excerpt.MAX_MESSAGE),
            new SizeLimits(100, JobResult.MAX_ROWS, 200, 200, Excerpt.MAX_MESSAGE),
            new SizeLimits(40, JobResult.MAX_ROWS, 60, 200, Excerpt.MAX_MESSAGE),
            new SizeLimits(20, JobResult.MAX_ROWS, 20, 100, 400),
            new SizeLimits(10, 3, 10, 60, 200));

    private StatusSize() {}

    /**
     * The limits of one step of truncation.
     *
     * @param cell characters of a field or a record
     * @param rows of the result
     * @param name characters of a column's name
     * @param place characters of a file's name
     * @param message characters of a message
     */
    private record SizeLimits(int cell, int rows, int name, int place, int message) {
        FileJobStatus cut(FileJobStatus status) {
            return status.toBuilder()
                    .conditions(status.conditions().stream().map(this::cut).toList())
                    .rejected(status.rejected() == null ? null : cut(status.rejected()))
                    .result(status.result() == null ? null : cut(status.result()))
                    .message(Excerpt.of(status.message(), message))
                    .summary(status.summary() == null ? null : cut(status.summary()))
                    .build();
        }

        private Condition cut(Condition condition) {
            return new Condition(
                    condition.type(),
                    condition.status(),
                    condition.reason(),
                    Excerpt.of(condition.message(), message),
                    condition.lastTransitionTime(),
                    condition.observedGeneration());
        }

        private Rejected cut(Rejected rejected) {
            return new Rejected(
                    rejected.uri(),
                    rejected.samples().stream()
                            .map(sample -> new RejectedRecord(
                                    Excerpt.of(sample.source(), place),
                                    sample.line(),
                                    sample.column() == null ? null : Excerpt.of(sample.column(), Math.min(name, cell)),
                                    Excerpt.of(sample.reason(), Math.max(60, cell)),
                                    Excerpt.of(sample.text(), cell)))
                            .toList());
        }

        /** Returns the result with truncated columns and rows; the digest stays that of the full result. */
        private JobResult cut(JobResult result) {
            return result instanceof AggregateResult aggregate
                    ? new AggregateResult(
                            aggregate.groups(),
                            cells(aggregate.columns(), name),
                            aggregate.rows().stream()
                                    .limit(rows)
                                    .map(row -> cells(row, cell))
                                    .toList(),
                            aggregate.output())
                    : result;
        }

        private static Summary cut(Summary summary) {
            return new Summary(
                    summary.progress(),
                    summary.result() == null ? null : Excerpt.cell(summary.result()),
                    summary.rowsPerSecond(),
                    summary.duration());
        }

        private static List<String> cells(List<String> texts, int limit) {
            return texts.stream().map(text -> Excerpt.of(text, limit)).toList();
        }
    }

    /** Returns {@code status} with long texts truncated, so that it fits in {@link #MAX_BYTES}. */
    public static FileJobStatus fit(FileJobStatus status) {
        FileJobStatus cut = status;
        for (SizeLimits level : LEVELS) {
            cut = level.cut(status);
            if (Json.size(cut) <= MAX_BYTES) {
                return cut;
            }
        }
        return cut;
    }

    /** Returns {@code status} with long texts truncated, each time further than before. */
    public static Stream<FileJobStatus> levels(FileJobStatus status) {
        return LEVELS.stream().map(level -> level.cut(status));
    }
}
