package io.filejob.csv;

import io.filejob.numeric.DecimalSum;
import org.jspecify.annotations.Nullable;

/** Adds up the values of the first wanted column. */
final class ColumnSum implements RowConsumer {
    private final DecimalSum sum;
    private final FieldText text;
    private final PlainFields plain;

    ColumnSum(CsvDialect dialect, DecimalSum sum) {
        this.sum = sum;
        this.text = new FieldText(dialect);
        this.plain = new PlainFields(dialect, sum);
    }

    @Override
    public void use(Batch batch) {
        for (int row = plain.add(batch, 0); row < batch.rows; row = plain.add(batch, row + 1)) {
            text.of(batch.bytes, batch.begin(row, 0), batch.end(row, 0));
            if (!text.isNull) {
                @Nullable String reason = sum.addOrReason(text.bytes, text.from, text.to);
                if (reason != null) {
                    batch.reject(row, 0, reason);
                }
            }
        }
    }
}
