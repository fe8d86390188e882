package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be used.
 *
 * @param source the file
 * @param line the physical line in which it begins, from 1
 * @param column the column at fault; absent where it is the record as a whole
 * @param reason what is wrong with it
 * @param text the field's text or the record's, cut to 200 characters
 */
@JsonPropertyOrder({"source", "line", "column", "reason", "text"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectedRecord(
        String source, long line, @Nullable String column, String reason, String text) {
    /** For people: where, what and why in one line. */
    public String describe() {
        return source + ":" + line + ": " + (column == null ? "" : "column \"" + column + "\": ") + "\"" + text + "\": "
                + reason;
    }
}
