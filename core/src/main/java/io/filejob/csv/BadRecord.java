package io.filejob.csv;

import io.filejob.failure.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record and its location.
 *
 * @param offset offset of the record's first byte in its file
 * @param line physical line on which the record begins, counted from 1 for the line at {@link RangeOutcome#start}; for
 *     a quote that is never closed, the line of the opening quote
 * @param column the bad field's column; null if the record as a whole is bad
 * @param reason a short explanation
 * @param text the bad field or record, at most {@value #MAX_TEXT} characters, invalid UTF-8 replaced
 */
public record BadRecord(long offset, long line, @Nullable String column, String reason, String text) {
    /** Maximum length of {@link #text} in characters. */
    public static final int MAX_TEXT = Excerpt.MAX_CELL;
}
