package io.filejob.group;

import io.filejob.read.Batch;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Exact sums of decimals, and how many there were. What does not fit a long stands in big ones beside. */
final class SumAccumulator extends Accumulator {
    private final DecimalColumn column;
    private final boolean mean;
    private long[] sums = new long[16];
    private long[] counts = new long[16];
    private int scale;
    private final Map<Integer, BigDecimal> big = new HashMap<>();

    /** Prints the {@code mean}, or the sum. */
    SumAccumulator(DecimalColumn column, boolean mean) {
        this.column = column;
        this.mean = mean;
    }

    @Override
    void reserve(int groups) {
        if (sums.length < groups) {
            int length = Math.max(groups, 2 * sums.length);
            sums = Arrays.copyOf(sums, length);
            counts = Arrays.copyOf(counts, length);
        }
    }

    @Override
    void clear() {
        Arrays.fill(sums, 0);
        Arrays.fill(counts, 0);
        big.clear();
        scale = 0;
    }

    @Override
    void add(Batch batch, Selection selection, int[] groups) {
        if (column.scale != scale) {
            rescale(column.scale);
        }
        long[] values = column.values;
        long[] into = sums;
        for (int i = 0; i < selection.count; i++) {
            int group = groups[i];
            long sum = into[group] + values[i];
            into[group] = sum;
            // Both are small enough not to overflow.
            if (sum > DecimalColumn.LIMIT || sum < -DecimalColumn.LIMIT) {
                carry(group);
            }
        }
        if (column.plain) {
            for (int i = 0; i < selection.count; i++) {
                counts[groups[i]]++;
            }
            return;
        }
        for (int i = 0; i < selection.count; i++) {
            counts[groups[i]] += column.present[i] ? 1 : 0;
            BigDecimal value = column.big[i];
            if (value != null && column.present[i]) {
                big.merge(groups[i], value, BigDecimal::add);
            }
        }
    }

    private void carry(int group) {
        big.merge(group, BigDecimal.valueOf(sums[group], scale), BigDecimal::add);
        sums[group] = 0;
    }

    private void rescale(int newScale) {
        if (newScale < scale) {
            return;
        }
        long factor = DecimalColumn.POWERS[newScale - scale];
        for (int group = 0; group < sums.length; group++) {
            if (sums[group] != 0 && Math.abs(sums[group]) >= DecimalColumn.LIMIT / factor) {
                carry(group);
            }
            sums[group] *= factor;
        }
        scale = newScale;
    }

    @Override
    void merge(int group, int other) {
        sums[group] += sums[other];
        counts[group] += counts[other];
        BigDecimal more = big.isEmpty() ? null : big.get(other);
        if (more != null) {
            big.merge(group, more, BigDecimal::add);
        }
        if (Math.abs(sums[group]) > DecimalColumn.LIMIT) {
            carry(group);
        }
    }

    @Override
    void write(int group, ByteList out) {
        out.putVarint(counts[group]);
        if (!big.isEmpty() && big.containsKey(group)) {
            Decimals.write(total(group), out);
        } else {
            Decimals.write(sums[group], scale, out);
        }
    }

    @Override
    void read(int group, ByteCursor in) {
        counts[group] += in.varint();
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
        sums[group] += value * factor;
        if (Math.abs(sums[group]) > DecimalColumn.LIMIT) {
            carry(group);
        }
    }

    private BigDecimal total(int group) {
        return BigDecimal.valueOf(sums[group], scale).add(Objects.requireNonNullElse(big.get(group), BigDecimal.ZERO));
    }

    @Override
    boolean print(int group, ByteList out) {
        if (counts[group] == 0) {
            return false;
        }
        if (mean) {
            Decimals.print(total(group).divide(BigDecimal.valueOf(counts[group]), MathContext.DECIMAL128), out);
        } else if (big.isEmpty()) {
            Decimals.print(sums[group], scale, out);
        } else {
            Decimals.print(total(group), out);
        }
        return true;
    }

    @Override
    long bytesPerGroup() {
        return 2 * Long.BYTES;
    }
}
