package io.filejob.measure;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.csv.Batch;

/**
 * One measure of many groups, indexed by group number. Group 0 is a sink for rejected rows; its state is meaningless.
 * The encoded state of a group does not depend on the order of additions, except in details that cannot affect the
 * result.
 */
public abstract sealed class Accumulator permits CountAccumulator, SumAccumulator, ExtremeAccumulator, TextAccumulator {
    /** Allocates room for group numbers below {@code groups}; new groups are empty. */
    public abstract void reserve(int groups);

    /** Empties all groups. */
    public abstract void clear();

    /** Adds each selected row to its group: {@code groups[i]} for index {@code i} of the selection. */
    public abstract void add(Batch batch, Selection selection, int[] groups);

    /** Adds the state of group {@code other} to {@code group}. */
    public abstract void merge(int group, int other);

    /** Encodes the state of {@code group}. */
    public abstract void write(int group, ByteList out);

    /** Decodes a state and adds it to {@code group}. */
    public abstract void read(int group, ByteCursor in);

    /** Skips an encoded state. */
    public abstract void skip(ByteCursor in);

    /** Appends the result as text; returns false if there is no result. */
    public abstract boolean print(int group, ByteList out);

    /** Returns the approximate memory per group in bytes. */
    public abstract long bytesPerGroup();

    /** Returns the bytes of memory that groups take in addition to {@link #bytesPerGroup}. */
    public long heldBytes() {
        return 0;
    }
}
