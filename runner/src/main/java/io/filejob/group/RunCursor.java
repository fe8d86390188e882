package io.filejob.group;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through the records of a run from one key on up to another, which does not belong to them. */
final class RunCursor {
    /** Gives the blocks of a run one after the other. */
    interface Blocks {
        /** The next block, whole records with some bytes behind that may be read; false if there is none. */
        boolean next(ByteList block);
    }

    private final Blocks blocks;
    private final byte @Nullable [] high;
    private final ByteList block;
    final ByteCursor state = new ByteCursor();

    /** The current record's key is {@code bytes()[keyStart, keyStart + keyLength)}. */
    int keyStart;

    int keyLength;

    /** Before the first record of {@code low} or more; to the end if {@code high} is null. */
    RunCursor(Blocks blocks, byte[] low, byte @Nullable [] high, int blockBytes) {
        this.blocks = blocks;
        this.high = high;
        this.block = new ByteList(blockBytes);
        this.low = low;
    }

    private byte[] low;

    byte[] bytes() {
        return block.array;
    }

    /**
     * Goes to the next record. The state of the one before must have been read, up to its end.
     *
     * @param skip reads over the state of a record
     */
    boolean next(Skip skip) {
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
            if (low.length > 0
                    && Arrays.compareUnsigned(block.array, keyStart, keyStart + keyLength, low, 0, low.length) < 0) {
                skip.over(this);
                continue;
            }
            low = new byte[0];
            return high == null
                    || Arrays.compareUnsigned(block.array, keyStart, keyStart + keyLength, high, 0, high.length) < 0;
        }
    }

    /** Reads over the state of a record. */
    interface Skip {
        void over(RunCursor cursor);
    }
}
