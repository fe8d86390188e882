package io.filejob.group;

import io.filejob.read.Batch;

/**
 * One measure of many groups, indexed by group number. Group 0 is a sink for rejected rows; its state is meaningless.
 * The encoded state of a group does not depend on the order of additions, except in details that cannot affect the
 * result.
 */
abstract sealed class Accumulator permits CountAccumulator, SumAccumulator, ExtremeAccumulator, TextAccumulator {
    /** Allocates room for group numbers below {@code groups}; new groups are empty. */
    abstract void reserve(int groups);

    /** Empties all groups. */
    abstract void clear();

    /** Adds each selected row to its group: {@code groups[i]} for index {@code i} of the selection. */
    abstract void add(Batch batch, Selection selection, int[] groups);

    /** Adds the state of group {@code other} to {@code group}. */
    abstract void merge(int group, int other);

    /** Encodes the state of {@code group}. */
    abstract void write(int group, ByteList out);

    /** Decodes a state and adds it to {@code group}. */
    abstract void read(int group, ByteCursor in);

    /** Skips an encoded state. */
    abstract void skip(ByteCursor in);

    /** Appends the result as text; returns false if there is no result. */
    abstract boolean print(int group, ByteList out);

    /** Returns the approximate memory per group in bytes. */
    abstract long bytesPerGroup();

    /** Returns the bytes of memory that groups take in addition to {@link #bytesPerGroup}. */
    long heldBytes() {
        return 0;
    }
}
