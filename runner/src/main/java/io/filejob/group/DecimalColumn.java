package io.filejob.group;

import io.filejob.read.Batch;
import io.filejob.read.CsvDialect;
import io.filejob.read.FieldText;
import io.filejob.read.ShortDecimal;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of decimals, batch by batch: values as multiples of one power of ten, the smallest that has occurred so far.
 * What does not fit 60 bits that way is kept apart.
 */
final class DecimalColumn {
    /** Values are smaller than this. */
    static final long LIMIT = 1_000_000_000_000_000_000L;
    /** The most digits behind the point that values have together. */
    static final int MOST_SCALE = 18;

    static final long[] POWERS = new long[MOST_SCALE + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    /** By place in the selection; 0 where there is no value or a big one. */
    long[] values = {};
    /** Digits behind the point that all {@link #values} have. */
    int scale;
    /** Whether all of the batch's values are in {@link #values}. */
    boolean plain;
    /** By place, where not all are: whether there is a value. */
    boolean[] present = {};
    /** By place, where not all are: the value if it is a big one. */
    @Nullable
    BigDecimal[] big = {};

    private final int column;
    private final FieldText text;
    private final ShortDecimal number;

    /** The wanted column number {@code column}. */
    DecimalColumn(CsvDialect dialect, int column) {
        this.column = column;
        this.text = new FieldText(dialect);
        this.number = new ShortDecimal(dialect);
    }

    /** Forgets how many digits the values had so far. */
    void clear() {
        scale = 0;
    }

    /** Takes the values of the selected rows; rejects those that are no numbers. */
    void read(Batch batch, Selection selection) {
        int count = selection.count;
        if (values.length < count) {
            values = new long[count];
            present = new boolean[count];
            big = new @Nullable BigDecimal[count];
        }
        plain = true;
        int i = 0;
        while (i < count) {
            i = number.read(batch, column, selection.rows, i, count, scale, values);
            if (i < count) {
                other(batch, selection, i);
                i++;
            }
        }
    }

    private void other(Batch batch, Selection selection, int i) {
        int row = selection.rows[i];
        text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
        if (text.isNull) {
            odd(i, null);
            return;
        }
        String reason = number.parse(text.bytes, text.from, text.to);
        if (reason != null) {
            values[i] = 0;
            selection.reject(batch, i, column, reason);
            return;
        }
        BigDecimal value = number.value();
        int needed = Math.max(0, value.scale());
        if (needed > scale && needed <= MOST_SCALE && fits(value, needed)) {
            rescale(i, needed);
        }
        if (needed <= scale && fits(value, scale)) {
            values[i] = value.movePointRight(scale).longValueExact();
            if (!plain) {
                present[i] = true;
                big[i] = null;
            }
        } else {
            odd(i, value);
        }
    }

    private static boolean fits(BigDecimal value, int scale) {
        return value.precision() - value.scale() + scale <= MOST_SCALE;
    }

    /** The values before place {@code count} get more digits. */
    private void rescale(int count, int newScale) {
        long factor = POWERS[newScale - scale];
        for (int i = 0; i < count; i++) {
            if (Math.abs(values[i]) < LIMIT / factor) {
                values[i] *= factor;
            } else {
                odd(i, BigDecimal.valueOf(values[i], scale));
            }
        }
        scale = newScale;
    }

    private void odd(int i, @Nullable BigDecimal value) {
        if (plain) {
            plain = false;
            Arrays.fill(present, true);
            Arrays.fill(big, null);
        }
        values[i] = 0;
        present[i] = value != null;
        big[i] = value;
    }
}
