package io.filejob.group;

/** What a measure has seen after one row with one number. */
interface NumberState {
    /** Writes the state after one row with the number {@code value} times 10 to the minus {@code scale}. */
    void writeRow(long value, int scale, ByteList out);
}
