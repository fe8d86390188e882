package io.filejob.operation.images;

import io.filejob.failure.Excerpt;
import io.filejob.ledger.Rejection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A bad row of a list of images; its bytes are valid until the next row is read.
 *
 * @param file the number of its file
 * @param line the physical line in which it begins, from 1
 * @param column the column with the error, if it concerns one
 * @param reason the reason why it is bad
 * @param text the text of the field or record
 * @param bytes the buffer with the record
 * @param from the index of the record's first byte
 * @param to the index after its last byte, without its line break
 */
// Rows are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record BadListRow(
        int file, long line, @Nullable String column, String reason, String text, byte[] bytes, int from, int to) {
    static final String REPEATED = "an earlier row has this serial number";

    /** Returns a copy of the record. */
    public byte[] record() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Returns the row as ledgers and messages show it. */
    Rejection rejection() {
        return new Rejection(file, line, true, column, reason, Excerpt.cell(text));
    }
}
