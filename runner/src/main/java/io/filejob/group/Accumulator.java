package io.filejob.group;

import io.filejob.read.Batch;

/**
 * One measure of many groups, by the groups' numbers. Number 0 is nobody's: what is added there means nothing. How a
 * group's state is written does not depend on the order of adding, but for what cannot be seen in the end.
 */
abstract sealed class Accumulator permits CountAccumulator, SumAccumulator, ExtremeAccumulator, TextAccumulator {
    /** Makes room for the groups below {@code groups}; those that are new have seen nothing. */
    abstract void reserve(int groups);

    /** Every group has seen nothing, and so has this. */
    abstract void clear();

    /** Adds the row at each place of the selection to the group at that place. */
    abstract void add(Batch batch, Selection selection, int[] groups);

    /** Adds what {@code other} has seen to {@code group}. */
    abstract void merge(int group, int other);

    /** Writes what {@code group} has seen. */
    abstract void write(int group, ByteList out);

    /** Adds to {@code group} what was written. */
    abstract void read(int group, ByteCursor in);

    /** Reads over what was written. */
    abstract void skip(ByteCursor in);

    /** Writes the result as text; false if there is none. */
    abstract boolean print(int group, ByteList out);

    /** Roughly the bytes of memory that a group takes. */
    abstract long bytesPerGroup();

    /** The bytes that groups take beside that. */
    long heldBytes() {
        return 0;
    }
}
