package io.filejob.measure;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.numeric.Decimals;
import java.util.Arrays;

/** Counts rows, or values that are not null. */
public final class CountAccumulator extends Accumulator implements NumberState {
    /** Counts all rows. */
    public static final int ROWS = -1;
    /** Counts only calls of {@link #increment}. */
    public static final int NOTHING = -2;

    private final int column;
    private final boolean all;
    private final FieldText text;
    private long[] counts = new long[2];

    /** Counts the values of the wanted column {@code column}, or uses {@link #ROWS} or {@link #NOTHING}. */
    public CountAccumulator(CsvDialect dialect, int column) {
        this.column = column;
        this.all = column == ROWS || !dialect.hasNull();
        this.text = new FieldText(dialect);
    }

    @Override
    public void reserve(int groups) {
        if (counts.length < groups) {
            counts = Arrays.copyOf(counts, Math.max(groups, 2 * counts.length));
        }
    }

    @Override
    public void clear() {
        Arrays.fill(counts, 0);
    }

    @Override
    public void add(Batch batch, Selection selection, int[] groups) {
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
    public void increment(int group) {
        counts[group]++;
    }

    @Override
    public void merge(int group, int other) {
        counts[group] += counts[other];
    }

    @Override
    public void write(int group, ByteList out) {
        out.putVarint(counts[group]);
    }

    @Override
    public void read(int group, ByteCursor in) {
        counts[group] += in.varint();
    }

    @Override
    public void skip(ByteCursor in) {
        in.varint();
    }

    @Override
    public void writeRow(long value, int scale, ByteList out) {
        out.putVarint(1);
    }

    @Override
    public boolean print(int group, ByteList out) {
        Decimals.print(counts[group], 0, out);
        return true;
    }

    @Override
    public long bytesPerGroup() {
        return Long.BYTES;
    }
}
