package io.filejob.read;

/** Where a row stands in the whole input: by file, then by its place in it. */
public final class InputPosition {
    /** Bits for a place in a file: enough for 16 TiB. */
    private static final int PLACE_BITS = 44;

    private long file;

    /** From now on rows are those of file number {@code number}. */
    public void at(int number) {
        file = (long) number << PLACE_BITS;
    }

    /** Where row {@code row} of {@code batch} begins: larger for later rows, and by a place's difference within a file. */
    public long of(Batch batch, int row) {
        return file + batch.offset(row);
    }

    /** The file of {@code position}. */
    public static int file(long position) {
        return (int) (position >>> PLACE_BITS);
    }

    /** The place of {@code position} in its file. */
    public static long place(long position) {
        return position & ((1L << PLACE_BITS) - 1);
    }
}
