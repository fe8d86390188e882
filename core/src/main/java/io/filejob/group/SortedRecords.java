package io.filejob.group;

import io.filejob.bytes.ByteCursor;

/** Records in key order; keys may occur several times. */
public interface SortedRecords {
    /**
     * Moves to the next record; returns false after the last one. The previous record's state must have been read to
     * its end.
     */
    boolean next();

    /** Returns the buffer that contains the current record's key. */
    byte[] bytes();

    /** Returns the index of the key's first byte. */
    int keyStart();

    /** Returns the length of the key in bytes. */
    int keyLength();

    /** Returns a cursor at the start of the record's state. */
    ByteCursor state();
}
