package io.filejob.spill;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.group.StateSkip;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Iterates over the records of a run with keys in a given range. */
public final class SpillCursor {
    /** The blocks of a run, in order. */
    public interface Blocks {
        /**
         * Reads the next block: whole records, followed by some bytes that may be read; returns false after the last
         * block.
         */
        boolean next(ByteList block);

        /** Returns the size of most blocks in bytes: there may be very many cursors over very small runs. */
        default int usualSize() {
            return SpillWriter.BLOCK;
        }
    }

    /** The keys in {@code [low, high)}; without an upper bound if {@code high} is null. */
    // Ranges are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    public record KeyRange(byte[] low, byte @Nullable [] high) {
        /** Returns the range of all keys. */
        public static KeyRange all() {
            return new KeyRange(NO_BOUND, null);
        }
    }

    private static final byte[] NO_BOUND = {};

    private final Blocks blocks;
    private final boolean sorted;
    private final byte @Nullable [] high;
    private byte[] low;
    private final ByteList block;
    final ByteCursor state = new ByteCursor();

    /** The current record's key is {@code bytes()[keyStart, keyStart + keyLength)}. */
    int keyStart;

    int keyLength;

    /** Creates a cursor before the first record of {@code range} in a run that may be {@code sorted}. */
    public SpillCursor(Blocks blocks, boolean sorted, KeyRange range) {
        this.blocks = blocks;
        this.block = new ByteList(blocks.usualSize());
        this.sorted = sorted;
        this.low = range.low();
        this.high = range.high();
    }

    byte[] bytes() {
        return block.array;
    }

    /** Moves to the next record. The state of the previous record must have been read to its end. */
    boolean next(StateSkip skip) {
        while (true) {
            if (state.at >= block.size) {
                if (!blocks.next(block)) {
                    return false;
                }
                state.of(block.array, 0);
            }
            keyLength = (int) state.varint();
            keyStart = state.at;
            state.at += keyLength;
            if (keyLength < 0 || state.at > block.size) {
                throw new IndexOutOfBoundsException("a key of " + keyLength + " bytes");
            }
            boolean below = low.length > 0 && compare(low) < 0;
            boolean above = !below && high != null && compare(high) >= 0;
            if (above && sorted) {
                return false;
            }
            if (!below && !above) {
                // In a sorted run, the following records are not below the range either.
                low = sorted ? NO_BOUND : low;
                return true;
            }
            skip.over(block.array, keyStart, keyLength, state);
        }
    }

    private int compare(byte[] border) {
        return Arrays.compareUnsigned(block.array, keyStart, keyStart + keyLength, border, 0, border.length);
    }
}
