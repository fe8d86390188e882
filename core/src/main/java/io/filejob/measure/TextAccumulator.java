package io.filejob.measure;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import io.filejob.csv.InputPosition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One text per group: the smallest or largest in byte order, or the first or last of the input. */
public final class TextAccumulator extends Accumulator {
    /** The text to keep. */
    public enum TextFunction {
        /** The first value in the order of bytes. */
        MIN,
        /** The last value in the order of bytes. */
        MAX,
        /** The value of the first row in the order of the input. */
        FIRST,
        /** The value of the last row in the order of the input. */
        LAST
    }

    private static final int OVERHEAD = 48;

    private final TextFunction kind;
    private final int column;
    private final FieldText text;
    private byte[] @Nullable [] texts = new byte[16][];
    /** Positions of the texts in the input. */
    private long[] positions = new long[16];

    private final InputPosition position;
    private long held;

    /** Reads the wanted column {@code column}. */
    public TextAccumulator(TextFunction kind, CsvDialect dialect, int column, InputPosition position) {
        this.kind = kind;
        this.column = column;
        this.text = new FieldText(dialect);
        this.position = position;
    }

    @Override
    public void reserve(int groups) {
        if (texts.length < groups) {
            int length = Math.max(groups, 2 * texts.length);
            texts = Arrays.copyOf(texts, length);
            positions = Arrays.copyOf(positions, length);
        }
    }

    @Override
    public void clear() {
        Arrays.fill(texts, null);
        held = 0;
    }

    @Override
    public void add(Batch batch, Selection selection, int[] groups) {
        for (int i = 0; i < selection.count; i++) {
            int group = groups[i];
            int row = selection.rows[i];
            text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
            long at = position.of(batch, row);
            if (group != 0 && !text.isNull && isBetter(group, text.bytes, text.from, text.to, at)) {
                put(group, Arrays.copyOfRange(text.bytes, text.from, text.to), at);
            }
        }
    }

    private boolean isBetter(int group, byte[] bytes, int from, int to, long at) {
        byte @Nullable [] known = texts[group];
        if (known == null) {
            return true;
        }
        return switch (kind) {
            case MIN -> Arrays.compareUnsigned(bytes, from, to, known, 0, known.length) < 0;
            case MAX -> Arrays.compareUnsigned(bytes, from, to, known, 0, known.length) > 0;
            case FIRST -> at < positions[group];
            case LAST -> at > positions[group];
        };
    }

    private void take(int group, byte[] other, long at) {
        if (isBetter(group, other, 0, other.length, at)) {
            put(group, other, at);
        }
    }

    private void put(int group, byte[] better, long at) {
        byte @Nullable [] known = texts[group];
        held += better.length - (known == null ? 0 : known.length);
        texts[group] = better;
        positions[group] = at;
    }

    @Override
    public void merge(int group, int other) {
        byte @Nullable [] more = texts[other];
        if (more != null) {
            take(group, more, positions[other]);
        }
    }

    @Override
    public void write(int group, ByteList out) {
        byte @Nullable [] known = texts[group];
        if (known == null) {
            out.put(0);
            return;
        }
        out.put(1);
        if (kind == TextFunction.FIRST || kind == TextFunction.LAST) {
            out.putVarint(positions[group]);
        }
        out.putBytes(known);
    }

    @Override
    public void read(int group, ByteCursor in) {
        if (in.get() != 0) {
            long at = kind == TextFunction.FIRST || kind == TextFunction.LAST ? in.varint() : 0;
            take(group, in.byteArray(), at);
        }
    }

    @Override
    public void skip(ByteCursor in) {
        if (in.get() != 0) {
            if (kind == TextFunction.FIRST || kind == TextFunction.LAST) {
                in.varint();
            }
            in.skipBytes();
        }
    }

    @Override
    public boolean print(int group, ByteList out) {
        byte @Nullable [] known = texts[group];
        if (known == null) {
            return false;
        }
        out.put(known, 0, known.length);
        return true;
    }

    @Override
    public long bytesPerGroup() {
        return OVERHEAD;
    }

    @Override
    public long heldBytes() {
        return held;
    }
}
