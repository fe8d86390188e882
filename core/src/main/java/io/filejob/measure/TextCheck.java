package io.filejob.measure;

import io.filejob.bytes.Utf8;
import io.filejob.csv.Batch;
import io.filejob.csv.ConvertedRows;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.ShortDecimal;
import io.filejob.spec.ValueType;
import org.jspecify.annotations.Nullable;

/** Rejects rows with invalid values in one column. */
public final class TextCheck {
    /** The message about a field that is not valid UTF-8. */
    public static final String NOT_UTF8 = "not valid UTF-8";

    /** The message about a key that cannot be truncated. */
    public static final String NOT_A_TIMESTAMP = "not a timestamp in the format";

    private final int column;
    private final boolean ofTimestamps;
    private final ValueType type;
    private final FieldText text;
    private final ShortDecimal number;

    /** Checks the wanted column {@code column}; its values must be of type {@code type}. */
    public TextCheck(CsvDialect dialect, int column, ValueType type) {
        this(dialect, column, type, false);
    }

    private TextCheck(CsvDialect dialect, int column, ValueType type, boolean ofTimestamps) {
        this.ofTimestamps = ofTimestamps;
        this.column = column;
        this.type = type;
        this.text = new FieldText(dialect);
        this.number = new ShortDecimal(dialect);
    }

    /** Returns a check that the key {@code column} has been truncated, or is null. */
    public static TextCheck ofTimestamps(CsvDialect dialect, int column) {
        return new TextCheck(dialect, column, ValueType.DATE, true);
    }

    /** Marks the selected rows with an invalid field as bad. */
    public void check(Batch batch, Selection selection) {
        for (int i = 0; i < selection.count; i++) {
            int row = selection.rows[i];
            int begin = batch.begin(row, column);
            int end = batch.end(row, column);
            if (type != ValueType.DECIMAL && !Utf8.isValid(batch.bytes, begin, end)) {
                selection.reject(batch, i, column, NOT_UTF8);
            } else if (type != ValueType.STRING) {
                text.of(batch.bytes, begin, end);
                String reason = text.isNull ? null : reason();
                if (reason != null) {
                    selection.reject(batch, i, column, reason);
                }
            }
        }
    }

    private @Nullable String reason() {
        if (type == ValueType.DECIMAL) {
            return number.parse(text.bytes, text.from, text.to);
        }
        if (ofTimestamps) {
            return ConvertedRows.isNotConvertible(text.bytes, text.from, text.to) ? NOT_A_TIMESTAMP : null;
        }
        return Dates.isDate(text.bytes, text.from, text.to) ? null : Dates.NOT_A_DATE;
    }
}
