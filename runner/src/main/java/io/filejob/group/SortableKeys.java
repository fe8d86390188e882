package io.filejob.group;

/** Keys that can be put in order, numbered from 1 on. */
interface SortableKeys {
    /** How many there are. */
    int count();

    /** What they stand in; some bytes behind a key may be read and mean nothing. */
    byte[] bytes();

    /** The place of the first byte of key number {@code entry}. */
    int keyStart(int entry);

    /** How many bytes it has. */
    int keyLength(int entry);
}
