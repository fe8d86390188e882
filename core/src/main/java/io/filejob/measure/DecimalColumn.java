package io.filejob.measure;

import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.Fields;
import io.filejob.csv.ShortDecimal;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The decimals of a column, batch by batch. Values are stored as multiples of a common power of ten: the smallest one
 * that has occurred so far. Values that do not fit into 60 bits in that form are stored separately.
 */
public final class DecimalColumn {
    /** Exclusive limit of the absolute values. */
    static final long LIMIT = 1_000_000_000_000_000_000L;
    /** Maximum number of digits after the point in the common scale. */
    static final int MAX_SCALE = 18;

    static final long[] POWERS = new long[MAX_SCALE + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    /** Values by index in the selection; 0 for nulls and for big values. */
    public long[] values = {};
    /** Number of digits after the point, common to all {@link #values}. */
    public int scale;
    /** Whether all values of the batch are in {@link #values}. */
    boolean plain;
    /** If not {@link #plain}: whether there is a value, by index. */
    boolean[] present = {};
    /** If not {@link #plain}: the big values, by index; null for others. */
    @Nullable
    BigDecimal[] big = {};

    private final int column;
    private final FieldText text;
    private final ShortDecimal number;
    private final Fields fields = new Fields();

    /** Reads the wanted column {@code column}. */
    public DecimalColumn(CsvDialect dialect, int column) {
        this.column = column;
        this.text = new FieldText(dialect);
        this.number = new ShortDecimal(dialect);
    }

    /** Returns the index of the column among the wanted ones. */
    public int column() {
        return column;
    }

    /** Resets the scale to 0. */
    public void clear() {
        scale = 0;
    }

    /** Allocates room for {@code count} values, none of them null or big. */
    public void plain(int count) {
        if (values.length < count) {
            values = new long[count];
            present = new boolean[count];
            big = new @Nullable BigDecimal[count];
        }
        plain = true;
    }

    /** Reads the values of the selected rows; rejects rows with a text that is not a number. */
    public void read(Batch batch, Selection selection) {
        int count = selection.count;
        plain(count);
        fields.of(batch, column, selection.rows, count);
        int i = 0;
        while (i < count) {
            i = number.read(fields, i, count, scale, values);
            if (i < count) {
                other(batch, selection, i);
                i++;
            }
        }
    }

    private void other(Batch batch, Selection selection, int i) {
        text.of(fields.bytes, fields.begins[i], fields.ends[i]);
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
        if (needed > scale && needed <= MAX_SCALE && fits(value, needed)) {
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
        return value.precision() - value.scale() + scale <= MAX_SCALE;
    }

    /** Converts the values before index {@code count} to a larger scale. */
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
