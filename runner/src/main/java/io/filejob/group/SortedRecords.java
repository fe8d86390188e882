package io.filejob.group;

/** Records in the order of their keys, of which several may be equal. */
interface SortedRecords {
    /** Goes to the next record; false after the last one. The state of the one before must have been read, up to its end. */
    boolean next();

    /** What the current record's key stands in. */
    byte[] bytes();

    /** The place of its first byte. */
    int keyStart();

    /** How many bytes it has. */
    int keyLength();

    /** Before the record's state. */
    ByteCursor state();
}
