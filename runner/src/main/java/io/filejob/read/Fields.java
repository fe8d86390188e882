package io.filejob.read;

/** Where the fields of one column are, of some rows of a batch. Valid until the next batch is read. Not thread-safe. */
public final class Fields {
    /** What they stand in; bytes behind a field may be read and mean nothing. */
    public byte[] bytes = {};
    /** The place of each field's first byte, a quote included. */
    public int[] begins = {};
    /** The place behind each field's last byte, a quote included. */
    public int[] ends = {};

    /** Those of the wanted column number {@code column} in the rows {@code rows[0, count)}. */
    public void of(Batch batch, int column, int[] rows, int count) {
        if (begins.length < count) {
            begins = new int[count];
            ends = new int[count];
        }
        bytes = batch.bytes;
        batch.find(column, rows, count, begins, ends);
    }
}
