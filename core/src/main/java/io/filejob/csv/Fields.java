package io.filejob.csv;

/** Positions of one column's fields in some rows of a batch. Valid until the next batch is read. Not thread-safe. */
public final class Fields {
    /** The buffer that contains the fields; bytes after a field may be read, but their values are undefined. */
    public byte[] bytes = {};
    /** Index of each field's first byte, a quote included. */
    public int[] begins = {};
    /** Index after each field's last byte, a quote included. */
    public int[] ends = {};

    /** Finds the fields of the wanted column {@code column} in the rows {@code rows[0, count)}. */
    public void of(Batch batch, int column, int[] rows, int count) {
        if (begins.length < count) {
            begins = new int[count];
            ends = new int[count];
        }
        bytes = batch.bytes;
        batch.find(column, rows, count, begins, ends);
    }
}
