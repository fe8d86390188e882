package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What came out. */
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
                "The mean as an exact decimal in plain notation; absent where there was nothing to average.")
        @Nullable
        String average,

        @JsonPropertyDescription("How many rows were put out, one for each group.") @Nullable
        Long groups,

        @JsonPropertyDescription("The columns of those.") @Nullable
        List<String> columns,

        @JsonPropertyDescription("The first of them, at most " + JobResult.MOST_ROWS + ", field by field.") @Nullable
        List<List<String>> rows,

        @JsonPropertyDescription("Rows that went into the table as new ones.") @Nullable
        Long inserted,

        @JsonPropertyDescription("Rows of the table that got other values.") @Nullable
        Long updated,

        @JsonPropertyDescription("Rows that the table had, with the same values.") @Nullable
        Long unchanged,

        @JsonPropertyDescription("Rows whose key the table had, which were to be ignored then.") @Nullable
        Long ignored,

        @JsonPropertyDescription("Rows that lost against another one of the same key in the input.") @Nullable
        Long superseded,

        @JsonPropertyDescription(
                "The output, where one was asked for: a path, a URI, or configmap:NAME/KEY for a ConfigMap of the FileJob's namespace.")
        @Nullable
        String uri,

        @JsonPropertyDescription("The output's size.") @Nullable
        Long bytes,

        @JsonPropertyDescription(
                "SHA-256 of the output's bytes or, without one, of this object but for the digest as canonical JSON (RFC 8785): sha256: and hexadecimal.")
        @Nullable
        String digest) {
    /** How many rows a status shows. */
    public static final int MOST_ROWS = 10;

    /** The mean of numbers; a null if there was nothing to average. */
    public static JobResult ofAverage(@Nullable String average) {
        return new JobResult(average, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Of {@code number} rows the first ones. */
    public static JobResult ofGroups(long number, List<String> names, List<List<String>> first) {
        return new JobResult(null, number, names, first, null, null, null, null, null, null, null, null);
    }

    /** Of rows that went into a table; together they are all that were used. */
    public static JobResult ofRows(long inserted, long updated, long unchanged, long ignored, long superseded) {
        return new JobResult(
                null, null, null, null, inserted, updated, unchanged, ignored, superseded, null, null, null);
    }

    /** The same, with the output. */
    public JobResult putTo(@Nullable String place, @Nullable Long size, String sha256) {
        return new JobResult(
                average, groups, columns, rows, inserted, updated, unchanged, ignored, superseded, place, size, sha256);
    }

    /** The same, with the digest of itself. */
    public JobResult digested() {
        return putTo(null, null, Json.digest(this));
    }

    /** The same, with columns and rows that may be cut; the digest stays that of the whole. */
    JobResult showing(@Nullable List<String> names, @Nullable List<List<String>> first) {
        return new JobResult(
                average, groups, names, first, inserted, updated, unchanged, ignored, superseded, uri, bytes, digest);
    }

    /** How many rows of the input the table has been given, as far as it is told. */
    long tableRows() {
        return Stream.of(inserted, updated, unchanged, ignored, superseded)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }
}
