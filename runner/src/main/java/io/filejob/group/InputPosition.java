package io.filejob.group;

import io.filejob.read.Batch;

/** Where a row stands in the whole input: by file, then by its place in it. */
public final class InputPosition {
    /** Bits for a place in a file: enough for 16 TiB. */
    private static final int PLACE_BITS = 44;

    private long file;

    /** From now on rows are those of file number {@code number}. */
    public void at(int number) {
        file = (long) number << PLACE_BITS;
    }

    long of(Batch batch, int row) {
        return file + batch.offset(row);
    }
}
