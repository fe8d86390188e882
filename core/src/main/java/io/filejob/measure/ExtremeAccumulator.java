package io.filejob.measure;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.Batch;
import io.filejob.numeric.BigDecimals;
import io.filejob.numeric.Decimals;
import java.math.BigDecimal;
import java.util.Arrays;

/** The minimum or maximum of decimals. Values that do not fit into a long are stored separately. */
public final class ExtremeAccumulator extends Accumulator implements NumberState {
    private static final int NOTHING = 0x7E;

    private final DecimalColumn column;
    private final boolean largest;
    /** The value of a group that is empty or has only big values. */
    private final long none;

    private long[] values;
    private int scale;
    private final BigDecimals big = new BigDecimals();

    /** Creates one of the largest numbers of {@code column}, or of the smallest. */
    public ExtremeAccumulator(DecimalColumn column, boolean largest) {
        this.column = column;
        this.largest = largest;
        this.none = largest ? Long.MIN_VALUE : Long.MAX_VALUE;
        this.values = new long[2];
        Arrays.fill(values, none);
    }

    @Override
    public void reserve(int groups) {
        if (values.length < groups) {
            int before = values.length;
            values = Arrays.copyOf(values, Math.max(groups, 2 * before));
            Arrays.fill(values, before, values.length, none);
        }
    }

    @Override
    public void clear() {
        Arrays.fill(values, none);
        big.clear();
        scale = 0;
    }

    @Override
    public void add(Batch batch, Selection selection, int[] groups) {
        if (column.scale != scale) {
            rescale(column.scale);
        }
        if (column.plain) {
            plain(selection.count, groups);
            return;
        }
        for (int i = 0; i < selection.count; i++) {
            if (column.present[i]) {
                BigDecimal value = column.big[i];
                if (value == null) {
                    take(groups[i], column.values[i]);
                } else {
                    take(groups[i], value);
                }
            }
        }
    }

    private void plain(int count, int[] groups) {
        long[] from = column.values;
        long[] into = values;
        if (largest) {
            for (int i = 0; i < count; i++) {
                into[groups[i]] = Math.max(into[groups[i]], from[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                into[groups[i]] = Math.min(into[groups[i]], from[i]);
            }
        }
    }

    private void take(int group, long value) {
        values[group] = largest ? Math.max(values[group], value) : Math.min(values[group], value);
    }

    private void take(int group, BigDecimal value) {
        big.merge(group, value, largest ? BigDecimal::max : BigDecimal::min);
    }

    private void rescale(int newScale) {
        if (newScale < scale) {
            return;
        }
        long factor = DecimalColumn.POWERS[newScale - scale];
        for (int group = 0; group < values.length; group++) {
            if (values[group] == none) {
                continue;
            }
            if (Math.abs(values[group]) >= DecimalColumn.LIMIT / factor) {
                take(group, BigDecimal.valueOf(values[group], scale));
                values[group] = none;
            } else {
                values[group] *= factor;
            }
        }
        scale = newScale;
    }

    @Override
    public void merge(int group, int other) {
        take(group, values[other]);
        BigDecimal more = big.get(other);
        if (more != null) {
            take(group, more);
        }
    }

    @Override
    public void write(int group, ByteList out) {
        boolean beside = big.has(group);
        if (values[group] == none && !beside) {
            out.put(NOTHING);
        } else if (beside) {
            Decimals.write(value(group), out);
        } else {
            Decimals.write(values[group], scale, out);
        }
    }

    @Override
    public void read(int group, ByteCursor in) {
        int from = Decimals.scale(in);
        if (from == NOTHING) {
            return;
        }
        if (from < 0) {
            take(group, Decimals.big(in));
            return;
        }
        long value = in.signed();
        if (from > scale) {
            rescale(from);
        }
        long factor = DecimalColumn.POWERS[scale - from];
        if (factor > 1 && Math.abs(value) >= DecimalColumn.LIMIT / factor) {
            take(group, BigDecimal.valueOf(value, from));
        } else {
            take(group, value * factor);
        }
    }

    @Override
    public void skip(ByteCursor in) {
        int from = Decimals.scale(in);
        if (from != NOTHING) {
            Decimals.skip(from, in);
        }
    }

    @Override
    public void writeRow(long value, int scale, ByteList out) {
        Decimals.write(value, scale, out);
    }

    private BigDecimal value(int group) {
        BigDecimal beside = big.get(group);
        if (values[group] == none && beside != null) {
            return beside;
        }
        BigDecimal value = BigDecimal.valueOf(values[group], scale);
        return beside == null ? value : largest ? value.max(beside) : value.min(beside);
    }

    @Override
    public boolean print(int group, ByteList out) {
        if (big.has(group)) {
            Decimals.print(value(group), out);
            return true;
        }
        if (values[group] == none) {
            return false;
        }
        Decimals.print(values[group], scale, out);
        return true;
    }

    @Override
    public long heldBytes() {
        return big.heldBytes();
    }

    @Override
    public long bytesPerGroup() {
        return Long.BYTES;
    }
}
