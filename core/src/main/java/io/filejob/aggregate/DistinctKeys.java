package io.filejob.aggregate;

import io.filejob.bytes.ByteList;
import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.ShortDecimal;
import io.filejob.measure.Selection;
import io.filejob.numeric.Decimals;
import io.filejob.spec.ValueType;

/**
 * The values of {@code countDistinct}, stored as keys: the key of the row's group, then the measure's number, then the
 * value. Equal values thus have equal keys wherever they are read, and are counted when runs are merged.
 */
final class DistinctKeys {
    private final int measure;
    private final int column;
    private final boolean decimal;
    private final FieldText text;
    private final ShortDecimal number = new ShortDecimal(CsvDialect.standard());
    private final ByteList key = new ByteList(256);

    /** Adds the values of the wanted column {@code column} for the measure {@code measure}. */
    DistinctKeys(int measure, int column, ValueType type, FieldText text) {
        this.measure = measure;
        this.column = column;
        this.decimal = type == ValueType.DECIMAL;
        this.text = text;
    }

    void add(Batch batch, Selection selection, int[] groups, GroupTable table, KeyFinder keys) {
        for (int i = 0; i < selection.count; i++) {
            int group = groups[i];
            int row = selection.rows[i];
            text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
            if (group == 0 || text.isNull) {
                continue;
            }
            key.clear();
            int start = table.keyStart(group);
            key.put(table.arena.array(), start, start + table.keyLength(group));
            key.putVarint(measure + 1L);
            if (decimal) {
                // Rows with invalid numbers have already been moved to group 0.
                number.parse(text.bytes, text.from, text.to);
                Decimals.print(number.value(), key);
            } else {
                key.put(text.bytes, text.from, text.to);
            }
            keys.find(key);
        }
    }
}
