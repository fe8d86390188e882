package io.filejob.group;

import io.filejob.read.Batch;
import io.filejob.read.CsvDialect;
import io.filejob.read.FieldText;
import java.util.Arrays;

/** Counts rows, or values that are not null. */
final class CountAccumulator extends Accumulator implements NumberState {
    /** Counts all rows. */
    static final int ROWS = -1;
    /** Counts only calls of {@link #increment}. */
    static final int NOTHING = -2;

    private final int column;
    private final boolean all;
    private final FieldText text;
    private long[] counts = new long[2];

    /** Counts the values of the wanted column {@code column}, or uses {@link #ROWS} or {@link #NOTHING}. */
    CountAccumulator(CsvDialect dialect, int column) {
        this.column = column;
        this.all = column == ROWS || !dialect.hasNull();
        this.text = new FieldText(dialect);
    }

    @Override
    void reserve(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Math.max(groups, 2 * counts.length));
        }
    }

    @Override
    void clear() {
        Arrays.fill(counts, 0);
    }

    @Override
    void add(Batch batch, Selection selection, int[] groups) {
        long[] into = counts;
        if (column == NOTHING) {
            return;
        }
        if (all) {
            for (int i = 0; i < selection.count; i++) {
                into[groups[i]]++;
            }
            return;
        }
        for (int i = 0; i < selection.count; i++) {
            int row = selection.rows[i];
            text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
            into[groups[i]] += text.isNull ? 0 : 1;
        }
    }

    /** Adds one distinct value for {@code countDistinct}. */
    void increment(int group) {
        counts[group]++;
    }

    @Override
    void merge(int group, int other) {
        counts[group] += counts[other];
    }

    @Override
    void write(int group, ByteList out) {
        out.putVarint(counts[group]);
    }

    @Override
    void read(int group, ByteCursor in) {
        counts[group] += in.varint();
    }

    @Override
    void skip(ByteCursor in) {
        in.varint();
    }

    @Override
    public void writeRow(long value, int scale, ByteList out) {
        out.putVarint(1);
    }

    @Override
    boolean print(int group, ByteList out) {
        Decimals.print(counts[group], 0, out);
        return true;
    }

    @Override
    long bytesPerGroup() {
        return Long.BYTES;
    }
}
