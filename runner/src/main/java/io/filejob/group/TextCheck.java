package io.filejob.group;

import io.filejob.read.Batch;
import io.filejob.read.CsvDialect;
import io.filejob.read.FieldText;
import io.filejob.read.Utf8;

/** Finds the rows whose text of one column cannot be used. */
final class TextCheck {
    static final String NOT_UTF8 = "not valid UTF-8";

    private final int column;
    private final boolean date;
    private final FieldText text;

    /** The wanted column number {@code column}, which may have to hold dates. */
    TextCheck(CsvDialect dialect, int column, boolean date) {
        this.column = column;
        this.date = date;
        this.text = new FieldText(dialect);
    }

    void check(Batch batch, Selection selection) {
        for (int i = 0; i < selection.count; i++) {
            int row = selection.rows[i];
            int begin = batch.begin(row, column);
            int end = batch.end(row, column);
            if (!Utf8.isValid(batch.bytes, begin, end)) {
                selection.reject(batch, i, column, NOT_UTF8);
            } else if (date) {
                text.of(batch.bytes, begin, end);
                if (!text.isNull && !Dates.isDate(text.bytes, text.from, text.to)) {
                    selection.reject(batch, i, column, Dates.NOT_A_DATE);
                }
            }
        }
    }
}
