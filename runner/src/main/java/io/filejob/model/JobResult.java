package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The result of a job. */
@JsonPropertyOrder({
    "average",
    "groups",
    "columns",
    "rows",
    "inserted",
    "updated",
    "unchanged",
    "ignored",
    "superseded",
    "uri",
    "bytes",
    "digest"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        @JsonPropertyDescription(
                "The mean as a decimal in plain notation, rounded once to 34 significant digits; absent if there were no numbers.")
        @Nullable
        String average,

        @JsonPropertyDescription("The number of output rows, one per group.") @Nullable
        Long groups,

        @JsonPropertyDescription("The names of the output columns.") @Nullable
        List<String> columns,

        @JsonPropertyDescription("The first output rows, at most " + JobResult.MAX_ROWS + ", as lists of fields.")
        @Nullable
        List<List<String>> rows,

        @JsonPropertyDescription("The number of rows inserted into the table.") @Nullable
        Long inserted,

        @JsonPropertyDescription("The number of table rows updated with other values.") @Nullable
        Long updated,

        @JsonPropertyDescription("The number of rows that existed in the table with the same values.") @Nullable
        Long unchanged,

        @JsonPropertyDescription(
                "The number of rows skipped because their key existed in the table (onConflict: ignore).")
        @Nullable
        Long ignored,

        @JsonPropertyDescription("The number of rows superseded by another input row with the same key.") @Nullable
        Long superseded,

        @JsonPropertyDescription(
                "The location of the output, if there is one: a path, a URI, or configmap:NAME/KEY for a ConfigMap in the FileJob's namespace.")
        @Nullable
        String uri,

        @JsonPropertyDescription("The size of the output in bytes.") @Nullable
        Long bytes,

        @JsonPropertyDescription(
                "The SHA-256 of the output or, if there is none, of this object without the digest as canonical JSON (RFC 8785), written as sha256: and hexadecimal digits.")
        @Nullable
        String digest) {
    /** The maximum number of rows that a status shows. */
    public static final int MAX_ROWS = 10;

    /** Returns the result of an average; null if there were no numbers. */
    public static JobResult ofAverage(@Nullable String average) {
        return new JobResult(average, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Returns the result of an aggregation with {@code number} output rows, of which it shows the first ones. */
    public static JobResult ofGroups(long number, List<String> names, List<List<String>> first) {
        return new JobResult(null, number, names, first, null, null, null, null, null, null, null, null);
    }

    /** Returns the result of an ingest; the counts add up to the rows used. */
    public static JobResult ofRows(long inserted, long updated, long unchanged, long ignored, long superseded) {
        return new JobResult(
                null, null, null, null, inserted, updated, unchanged, ignored, superseded, null, null, null);
    }

    /** Returns this result with the location, size in bytes and digest of the output. */
    public JobResult putTo(@Nullable String place, @Nullable Long size, String sha256) {
        return new JobResult(
                average, groups, columns, rows, inserted, updated, unchanged, ignored, superseded, place, size, sha256);
    }

    /** Returns this result with its own digest, for a job without output. */
    public JobResult digested() {
        return putTo(null, null, Json.digest(this));
    }

    /**
     * Returns this result with other, possibly shortened, columns and rows; the digest stays that of the full result.
     */
    JobResult showing(@Nullable List<String> names, @Nullable List<List<String>> first) {
        return new JobResult(
                average, groups, names, first, inserted, updated, unchanged, ignored, superseded, uri, bytes, digest);
    }

    /** Returns the sum of the row counts of an ingest that are set. */
    long tableRows() {
        return Stream.of(inserted, updated, unchanged, ignored, superseded)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
