package io.filejob.group;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through the records of a run whose keys lie in a range. */
final class RunCursor {
    /** Gives the blocks of a run one after the other. */
    interface Blocks {
        /** The next block, whole records with some bytes behind that may be read; false if there is none. */
        boolean next(ByteList block);

        /** What most blocks take: there may be very many cursors over very small runs. */
        default int usualSize() {
            return RunWriter.BLOCK;
        }
    }

    /**
     * Keys from {@code low} on up to {@code high}, which does not belong to them; to the last one if that is null.
     */
    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    record Range(byte[] low, byte @Nullable [] high) {
        /** All keys. */
        static Range all() {
            return new Range(new byte[0], null);
        }
    }

    private final Blocks blocks;
    private final boolean sorted;
    private final byte @Nullable [] high;
    private byte[] low;
    private final ByteList block;
    final ByteCursor state = new ByteCursor();

    /** The current record's key is {@code bytes()[keyStart, keyStart + keyLength)}. */
    int keyStart;

    int keyLength;

    /** Before the first record of {@code range}, of a run that may be {@code sorted}. */
    RunCursor(Blocks blocks, boolean sorted, Range range) {
        this.blocks = blocks;
        this.block = new ByteList(blocks.usualSize());
        this.sorted = sorted;
        this.low = range.low();
        this.high = range.high();
    }

    byte[] bytes() {
        return block.array;
    }

    /** Goes to the next record. The state of the one before must have been read, up to its end. */
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
            boolean below = low.length > 0 && compare(low) < 0;
            boolean above = !below && high != null && compare(high) >= 0;
            if (above && sorted) {
                return false;
            }
            if (!below && !above) {
                // In order, all that follow are not below either.
                low = sorted ? new byte[0] : low;
                return true;
            }
            skip.over(block.array, keyStart, keyLength, state);
        }
    }

    private int compare(byte[] border) {
        return Arrays.compareUnsigned(block.array, keyStart, keyStart + keyLength, border, 0, border.length);
    }
}
