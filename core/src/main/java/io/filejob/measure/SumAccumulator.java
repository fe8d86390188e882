package io.filejob.measure;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.Batch;
import io.filejob.numeric.BigDecimals;
import io.filejob.numeric.Decimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Objects;

/** Exact sums and counts of decimals. Sums that do not fit into a long are stored separately. */
public final class SumAccumulator extends Accumulator implements NumberState {
    private final DecimalColumn column;
    private final boolean mean;
    /** The sum of each group, followed by its count. */
    private long[] state = new long[4];

    private int scale;
    private final BigDecimals big = new BigDecimals();

    /** Prints the mean if {@code mean} is true, else the sum. */
    public SumAccumulator(DecimalColumn column, boolean mean) {
        this.column = column;
        this.mean = mean;
    }

    @Override
    public void reserve(int groups) {
        if (state.length < 2 * groups) {
            state = Arrays.copyOf(state, Math.max(2 * groups, 2 * state.length));
        }
    }

    @Override
    public void clear() {
        Arrays.fill(state, 0);
        big.clear();
        scale = 0;
    }

    @Override
    public void add(Batch batch, Selection selection, int[] groups) {
        if (column.scale != scale) {
            rescale(column.scale);
        }
        long[] values = column.values;
        long[] into = state;
        for (int i = 0; i < selection.count; i++) {
            int group = groups[i];
            long sum = into[2 * group] + values[i];
            into[2 * group] = sum;
            into[2 * group + 1]++;
            // Both summands are small enough that the addition cannot overflow.
            if (sum > DecimalColumn.LIMIT || sum < -DecimalColumn.LIMIT) {
                carry(group);
            }
        }
        if (column.plain) {
            return;
        }
        for (int i = 0; i < selection.count; i++) {
            state[2 * groups[i] + 1] -= column.present[i] ? 0 : 1;
            BigDecimal value = column.big[i];
            if (value != null && column.present[i]) {
                big.merge(groups[i], value, BigDecimal::add);
            }
        }
    }

    private void carry(int group) {
        big.merge(group, BigDecimal.valueOf(state[2 * group], scale), BigDecimal::add);
        state[2 * group] = 0;
    }

    private void rescale(int newScale) {
        if (newScale < scale) {
            return;
        }
        long factor = DecimalColumn.POWERS[newScale - scale];
        for (int group = 0; 2 * group < state.length; group++) {
            if (state[2 * group] != 0 && Math.abs(state[2 * group]) >= DecimalColumn.LIMIT / factor) {
                carry(group);
            }
            state[2 * group] *= factor;
        }
        scale = newScale;
    }

    @Override
    public void merge(int group, int other) {
        state[2 * group] += state[2 * other];
        state[2 * group + 1] += state[2 * other + 1];
        BigDecimal more = big.get(other);
        if (more != null) {
            big.merge(group, more, BigDecimal::add);
        }
        if (Math.abs(state[2 * group]) > DecimalColumn.LIMIT) {
            carry(group);
        }
    }

    @Override
    public void write(int group, ByteList out) {
        out.putVarint(state[2 * group + 1]);
        if (big.has(group)) {
            Decimals.write(total(group), out);
        } else {
            Decimals.write(state[2 * group], scale, out);
        }
    }

    @Override
    public void read(int group, ByteCursor in) {
        state[2 * group + 1] += in.varint();
        int from = Decimals.scale(in);
        if (from < 0) {
            big.merge(group, Decimals.big(in), BigDecimal::add);
            return;
        }
        long value = in.signed();
        if (from > scale) {
            rescale(from);
        }
        long factor = DecimalColumn.POWERS[scale - from];
        if (factor > 1 && Math.abs(value) >= DecimalColumn.LIMIT / factor) {
            big.merge(group, BigDecimal.valueOf(value, from), BigDecimal::add);
            return;
        }
        state[2 * group] += value * factor;
        if (Math.abs(state[2 * group]) > DecimalColumn.LIMIT) {
            carry(group);
        }
    }

    @Override
    public void skip(ByteCursor in) {
        in.varint();
        Decimals.skip(in);
    }

    @Override
    public void writeRow(long value, int scale, ByteList out) {
        out.putVarint(1);
        Decimals.write(value, scale, out);
    }

    private BigDecimal total(int group) {
        return BigDecimal.valueOf(state[2 * group], scale)
                .add(Objects.requireNonNullElse(big.get(group), BigDecimal.ZERO));
    }

    @Override
    public boolean print(int group, ByteList out) {
        if (state[2 * group + 1] == 0) {
            return false;
        }
        if (mean) {
            Decimals.print(total(group).divide(BigDecimal.valueOf(state[2 * group + 1]), MathContext.DECIMAL128), out);
        } else if (big.isEmpty()) {
            Decimals.print(state[2 * group], scale, out);
        } else {
            Decimals.print(total(group), out);
        }
        return true;
    }

    @Override
    public long heldBytes() {
        return big.heldBytes();
    }

    @Override
    public long bytesPerGroup() {
        return 2 * Long.BYTES;
    }
}
