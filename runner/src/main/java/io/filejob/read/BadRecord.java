package io.filejob.read;

import io.filejob.model.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * A record that was rejected, and where it is.
 *
 * @param offset of the record's first byte in its file
 * @param line physical line where it begins, from 1 for the line in which {@link RangeOutcome#start} lies; of a quote
 *     that is never closed, the line where that opens
 * @param column of the bad field; null where the record as a whole is bad
 * @param reason in a few words
 * @param text of the bad field or record, at most {@value #TEXT_LIMIT} characters, invalid UTF-8 replaced
 */
public record BadRecord(long offset, long line, @Nullable String column, String reason, String text) {
    /** Longest {@link #text} in characters. */
    public static final int TEXT_LIMIT = Excerpt.MAX_CELL;
}
