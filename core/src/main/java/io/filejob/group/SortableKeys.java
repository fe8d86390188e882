package io.filejob.group;

/** Keys that can be sorted, numbered from 1. */
public interface SortableKeys {
    /** Returns the number of keys. */
    int count();

    /**
     * Returns the buffer that contains the keys; some bytes after a key may be read, but their values are undefined.
     */
    byte[] bytes();

    /** Returns the index of the first byte of key number {@code entry}. */
    int keyStart(int entry);

    /** Returns the length of key number {@code entry} in bytes. */
    int keyLength(int entry);
}
