package io.filejob.spill;

import io.filejob.bytes.ByteList;

/** Destination of records, in key order. */
public interface RecordTarget {
    /** Begins the record of the key {@code bytes[from, from + length)}; its state is appended to the returned list. */
    ByteList begin(byte[] bytes, int from, int length);
}
