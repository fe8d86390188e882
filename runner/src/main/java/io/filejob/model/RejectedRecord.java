package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A record that cannot be used. */
@JsonPropertyOrder({"source", "line", "column", "reason", "text"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectedRecord(
        @JsonPropertyDescription("The file.") @Required String source,

        @JsonPropertyDescription("The physical line in which it begins, from 1.") @Required
        long line,

        @JsonPropertyDescription("The column at fault; absent where it is the record as a whole.") @Nullable
        String column,

        @JsonPropertyDescription("What is wrong with it.") @Required
        String reason,

        @JsonPropertyDescription("The field's text or the record's, cut to 200 characters.") @Required
        String text) {
    /** For people: where, what and why in one line. */
    public String describe() {
        return source + ":" + line + ": " + (column == null ? "" : "column \"" + column + "\": ") + "\"" + text + "\": "
                + reason;
    }
}
