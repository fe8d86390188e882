package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.filejob.failure.UrlRedaction;
import org.jspecify.annotations.Nullable;

/** A bad record: one that cannot be parsed or used. */
@JsonPropertyOrder({"source", "line", "column", "reason", "text"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectedRecord(
        @JsonPropertyDescription("The file that holds the record.") @Required
        String source,

        @JsonPropertyDescription("The physical line in which the record begins, from 1.") @Required
        long line,

        @JsonPropertyDescription("The column with the error; absent if the record as a whole is bad.") @Nullable
        String column,

        @JsonPropertyDescription("The reason for the rejection.") @Required
        String reason,

        @JsonPropertyDescription("The text of the field or record, truncated to 200 characters.") @Required
        String text) {
    /** Masks credentials in the URL of the file. */
    public RejectedRecord {
        source = UrlRedaction.of(source);
    }

    /** Returns a description for people in one line: location, text and reason. */
    public String describe() {
        return source + ":" + line + ": " + (column == null ? "" : "column \"" + column + "\": ") + "\"" + text + "\": "
                + reason;
    }
}
