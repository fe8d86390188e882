package io.filejob.measure;

import io.filejob.bytes.ByteList;

/** Encodes the state of a measure after a single row with a number. */
public interface NumberState {
    /** Writes the state after one row with the number {@code value} times 10 to the minus {@code scale}. */
    void writeRow(long value, int scale, ByteList out);
}
