package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The members of a {@link JobResult} as JSON; which of them are set depends on the operation. */
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
    "images",
    "uri",
    "bytes",
    "digest"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultFields(
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

        @JsonPropertyDescription("The numbers of images and their bytes.") @Nullable
        ImageCounts images,

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
    ResultFields(AverageResult result) {
        this(result.average(), null, null, null, null, null, null, null, null, null, result.output());
    }

    ResultFields(AggregateResult result) {
        this(
                null,
                result.groups(),
                result.columns(),
                result.rows(),
                null,
                null,
                null,
                null,
                null,
                null,
                result.output());
    }

    ResultFields(ImagesResult result) {
        this(null, null, null, null, null, null, null, null, null, result.images(), result.output());
    }

    ResultFields(IngestResult result) {
        this(
                null,
                null,
                null,
                null,
                result.inserted(),
                result.updated(),
                result.unchanged(),
                result.ignored(),
                result.superseded(),
                null,
                result.output());
    }

    private ResultFields(
            @Nullable String average,
            @Nullable Long groups,
            @Nullable List<String> columns,
            @Nullable List<List<String>> rows,
            @Nullable Long inserted,
            @Nullable Long updated,
            @Nullable Long unchanged,
            @Nullable Long ignored,
            @Nullable Long superseded,
            @Nullable ImageCounts images,
            ResultOutput output) {
        this(
                average,
                groups,
                columns,
                rows,
                inserted,
                updated,
                unchanged,
                ignored,
                superseded,
                images,
                output.uri(),
                output.bytes(),
                output.digest());
    }

    /** Returns the result with these members, of the operation to which they belong. */
    JobResult toResult() {
        ResultOutput output = new ResultOutput(uri, bytes, digest);
        if (groups != null) {
            return new AggregateResult(
                    groups,
                    Objects.requireNonNullElse(columns, List.of()),
                    Objects.requireNonNullElse(rows, List.of()),
                    output);
        }
        if (images != null) {
            return new ImagesResult(images, output);
        }
        if (inserted != null) {
            return new IngestResult(
                    inserted, orZero(updated), orZero(unchanged), orZero(ignored), orZero(superseded), output);
        }
        return new AverageResult(average, output);
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
