package io.filejob.aggregate;

import io.filejob.bytes.Utf8;
import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.ShortDecimal;
import io.filejob.measure.Dates;
import io.filejob.measure.Selection;
import io.filejob.measure.TextCheck;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.ValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A comparison of {@code where}. */
final class RowFilter {
    private final ComparisonSpec spec;
    private final ValueType type;
    private final int column;
    private final int limit;
    private final FieldText text;
    private final ShortDecimal number;
    private final byte[] bytes;
    private final @Nullable BigDecimal decimal;

    /** Compares the wanted column {@code column}; its fields may have at most {@code limit} bytes. */
    RowFilter(ComparisonSpec spec, CsvDialect dialect, int column, int limit) {
        this.limit = limit;
        this.spec = spec;
        this.type = spec.type() == null ? ValueType.STRING : spec.type();
        this.column = column;
        this.text = new FieldText(dialect);
        this.number = new ShortDecimal(dialect);
        this.bytes = spec.value().getBytes(StandardCharsets.UTF_8);
        this.decimal = type == ValueType.DECIMAL ? new BigDecimal(spec.value().strip()) : null;
    }

    /** Removes rows that do not satisfy the comparison from the selection; rejects rows that cannot be compared. */
    void keep(Batch batch, Selection selection) {
        selection.filter();
        int kept = 0;
        for (int i = 0; i < selection.count; i++) {
            int row = selection.rows[i];
            int begin = batch.begin(row, column);
            int end = batch.end(row, column);
            if (end - begin > limit) {
                batch.reject(row, column, FieldLengths.tooLong(end - begin, limit));
                continue;
            }
            text.of(batch.bytes, begin, end);
            if (!text.isNull && holds(batch, row)) {
                selection.rows[kept++] = row;
            }
        }
        selection.count = kept;
    }

    private boolean holds(Batch batch, int row) {
        if (decimal != null) {
            String reason = number.parse(text.bytes, text.from, text.to);
            if (reason != null) {
                batch.reject(row, column, reason);
                return false;
            }
            return spec.operator().holds(number.value().compareTo(decimal));
        }
        if (!Utf8.isValid(text.bytes, text.from, text.to)) {
            batch.reject(row, column, TextCheck.NOT_UTF8);
            return false;
        }
        if (type == ValueType.DATE && !Dates.isDate(text.bytes, text.from, text.to)) {
            batch.reject(row, column, Dates.NOT_A_DATE);
            return false;
        }
        return spec.operator().holds(Arrays.compareUnsigned(text.bytes, text.from, text.to, bytes, 0, bytes.length));
    }
}
