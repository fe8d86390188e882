package io.filejob.csv;

/** The position of a row in the whole input: the file's number, then the offset in the file. */
public final class InputPosition {
    /** Bits for an offset in a file: enough for 16 TiB. */
    private static final int PLACE_BITS = 44;

    private long file;

    /** Starts file number {@code number}: the rows that follow belong to it. */
    public void at(int number) {
        file = (long) number << PLACE_BITS;
    }

    /**
     * Returns the position of row {@code row} of {@code batch}: larger for later rows; within a file, positions differ
     * by bytes.
     */
    public long of(Batch batch, int row) {
        return file + batch.offset(row);
    }

    /** Returns the file number of {@code position}. */
    public static int file(long position) {
        return (int) (position >>> PLACE_BITS);
    }

    /** Returns the offset of {@code position} in its file. */
    public static long place(long position) {
        return position & ((1L << PLACE_BITS) - 1);
    }
}
