package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bad record as a slice reports it.
 *
 * @param file the number of its file
 * @param line the physical line in which it begins, from 1: counted from the slice's start if that lies in the same
 * file and not at its beginning, unless {@code absolute}; else from the file's beginning
 * @param absolute whether {@code line} counts from the file's beginning in any case
 * @param column the invalid column, if the error concerns one
 * @param reason the reason why the record is bad
 * @param text the text of the field or record, truncated
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"file", "line", "absolute", "column", "reason", "text"})
public record Rejection(
        long file, long line, boolean absolute, @Nullable String column, String reason, String text) {
    /** Refuses values that no record has, as forged ledgers may have them. */
    public Rejection {
        Counts.check(file, line);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(text);
    }
}
