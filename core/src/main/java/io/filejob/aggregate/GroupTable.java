package io.filejob.aggregate;

import io.filejob.bytes.ByteList;
import io.filejob.bytes.Swar;
import io.filejob.group.SortableKeys;
import java.util.Arrays;

/**
 * A hash table of keys, numbered from 1; 0 is the sink for rejected rows. Uses open addressing with linear probing. The
 * first 16 bytes of a key are stored next to its length, so that most comparisons compare two words.
 */
final class GroupTable implements SortableKeys {

    /** Words per entry in {@link #words}: 16 bytes of the key, then its offset in the arena and its length. */
    private static final int ENTRY = 3;
    /**
     * Flag in the length of a key that cannot be the text of unquoted fields; lookups by raw bytes never match such a
     * length.
     */
    private static final int QUOTED_ONLY = 1 << 31;

    /**
     * Memory of an entry in addition to its key: 48 bytes here, including room for growth, and 40 when entries are
     * sorted.
     */
    private static final int BYTES_PER_ENTRY = 88;

    private static final int INLINE = KeyHash.INLINE;
    private static final int MIN_SLOTS = 1 << 11;
    /**
     * Tables of up to this size are at most a quarter full, larger ones half full: small tables are in the CPU cache
     * anyway.
     */
    private static final int SPARSE_SLOTS = 1 << 16;
    /** The keys, one after the other. */
    final ByteList arena;

    /** Number of entries, including entry 0. */
    int size = 1;

    /** Numbers of entries, 0 for a free slot. */
    private int[] slots = new int[MIN_SLOTS];

    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(MIN_SLOTS);
    private long[] words = new long[ENTRY << 10];
    /** The separator of fields in raw keys, repeated in every byte of the word. */
    private final long separators;
    /** Whether lookups are switched off. */
    private boolean appending;

    private long first;
    private long second;

    /**
     * Creates a table. {@code separator} separates fields, see {@link #findRaw}; the keys are expected to take at most
     * {@code keyBytes} bytes.
     */
    GroupTable(byte separator, long keyBytes) {
        this.arena = new ByteList(1 << 12, keyBytes);
        this.separators = Swar.repeat(separator);
    }

    /** Removes all keys. */
    void clear() {
        if (size > 1) {
            Arrays.fill(slots, 0);
        }
        size = 1;
        arena.clear();
        appending = false;
    }

    /** Switches lookups off: from now on, every key gets a new number. */
    void append() {
        appending = true;
    }

    boolean isAppending() {
        return appending;
    }

    /** Returns the approximate memory in bytes, including the memory for sorting the entries. */
    long memory() {
        return arena.size + (long) size * BYTES_PER_ENTRY;
    }

    @Override
    public int count() {
        return size - 1;
    }

    @Override
    public byte[] bytes() {
        return arena.array;
    }

    @Override
    public int keyStart(int entry) {
        return (int) (words[ENTRY * entry + 2] >>> 32);
    }

    @Override
    public int keyLength(int entry) {
        return (int) words[ENTRY * entry + 2] & ~QUOTED_ONLY;
    }

    /**
     * Returns the number of the key {@code bytes[from, from + length)}, or the negative of the number that it will get
     * from {@link #add}. The bytes may be raw bytes of a record that is not known to be well-formed, since keys that
     * only a quoted field can contain are not found.
     */
    int find(byte[] bytes, int from, int length) {
        return probe(read(bytes, from, length), bytes, from, length, false);
    }

    /** Like {@link #find}, for a key that only a quoted field can contain. */
    int findQuoted(byte[] bytes, int from, int length) {
        long hash = read(bytes, from, length);
        if (appending) {
            return -size;
        }
        int mask = slots.length - 1;
        int slot = (int) (hash >>> shift);
        while (slots[slot] != 0 && !isQuotedKey(slots[slot], bytes, from, length)) {
            slot = (slot + 1) & mask;
        }
        return slots[slot] == 0 ? -size : slots[slot];
    }

    /** Returns the hash of a key; stores its first bytes in {@link #first} and {@link #second}. */
    private long read(byte[] bytes, int from, int length) {
        first = Swar.load(bytes, from) & KeyHash.firstMask(length);
        second = Swar.load(bytes, from + 8) & KeyHash.secondMask(length);
        return KeyHash.of(first, second, bytes, from, length);
    }

    /**
     * Like {@link #find}, for a raw key in which each separator stands for a zero byte. Returns 0 if the key contains a
     * zero byte.
     */
    int findRaw(byte[] bytes, int from, int length) {
        long used = KeyHash.firstMask(length);
        long raw = (Swar.load(bytes, from) & used) | ~used;
        long zeros = Swar.firstZero(raw);
        first = cleared(raw) & used;
        used = KeyHash.secondMask(length);
        raw = (Swar.load(bytes, from + 8) & used) | ~used;
        zeros |= Swar.firstZero(raw);
        second = cleared(raw) & used;
        long hash = KeyHash.begin(first, second, length);
        if (length > INLINE) {
            for (int p = INLINE; p < length - 8; p += 8) {
                raw = Swar.load(bytes, from + p);
                zeros |= Swar.firstZero(raw);
                hash = KeyHash.further(hash, cleared(raw));
            }
            raw = Swar.load(bytes, from + length - 8);
            zeros |= Swar.firstZero(raw);
            hash = KeyHash.further(hash, cleared(raw));
        }
        return zeros != 0 ? 0 : probe(KeyHash.finish(hash), bytes, from, length, true);
    }

    private long cleared(long word) {
        return KeyHash.cleared(word, separators);
    }

    private int probe(long hash, byte[] bytes, int from, int length, boolean raw) {
        if (appending) {
            return -size;
        }
        int mask = slots.length - 1;
        int slot = (int) (hash >>> shift);
        while (true) {
            int found = slots[slot];
            if (found == 0) {
                return -size;
            }
            if (isKey(found, bytes, from, length, raw)) {
                return found;
            }
            slot = (slot + 1) & mask;
        }
    }

    private boolean isKey(int entry, byte[] bytes, int from, int length, boolean raw) {
        int at = ENTRY * entry;
        if (words[at] != first || words[at + 1] != second || (int) words[at + 2] != length) {
            return false;
        }
        return length <= INLINE || isRest((int) (words[at + 2] >>> 32), bytes, from, length, raw);
    }

    private boolean isQuotedKey(int entry, byte[] bytes, int from, int length) {
        int at = ENTRY * entry;
        if (words[at] != first || words[at + 1] != second || (int) words[at + 2] != (length | QUOTED_ONLY)) {
            return false;
        }
        return length <= INLINE || isRest((int) (words[at + 2] >>> 32), bytes, from, length, false);
    }

    private boolean isRest(int start, byte[] bytes, int from, int length, boolean raw) {
        int p = INLINE;
        while (true) {
            int q = Math.min(p, length - 8);
            long word = Swar.load(bytes, from + q);
            if (Swar.load(arena.array, start + q) != (raw ? cleared(word) : word)) {
                return false;
            }
            if (q + 8 == length) {
                return true;
            }
            p += 8;
        }
    }

    /** Adds the key that was not found by the previous call; returns its number. */
    int add(byte[] bytes, int from, int length, boolean raw) {
        return add(bytes, from, length, raw, 0);
    }

    /** Adds the key that was not found by the previous call of {@link #findQuoted}; returns its number. */
    int addQuoted(byte[] bytes, int from, int length) {
        return add(bytes, from, length, false, QUOTED_ONLY);
    }

    private int add(byte[] bytes, int from, int length, boolean raw, int mark) {
        int entry = size++;
        if (words.length < ENTRY * size) {
            words = Arrays.copyOf(words, 2 * words.length);
        }
        int start = arena.size;
        arena.reserve(length);
        for (int p = 0; p < length; p += 8) {
            long word = Swar.load(bytes, from + p);
            Swar.store(arena.array, start + p, raw ? cleared(word) : word);
        }
        arena.size += length;
        words[ENTRY * entry] = first;
        words[ENTRY * entry + 1] = second;
        words[ENTRY * entry + 2] = (long) start << 32 | ((length | mark) & 0xFFFFFFFFL);
        if (!appending) {
            if ((slots.length < SPARSE_SLOTS ? 4 : 2) * size > slots.length) {
                grow();
            } else {
                place(entry, hashOf(entry));
            }
        }
        return entry;
    }

    private long hashOf(int entry) {
        return KeyHash.of(
                words[ENTRY * entry], words[ENTRY * entry + 1], arena.array, keyStart(entry), keyLength(entry));
    }

    private void place(int entry, long hash) {
        int mask = slots.length - 1;
        int slot = (int) (hash >>> shift);
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        shift--;
        for (int entry = 1; entry < size; entry++) {
            place(entry, hashOf(entry));
        }
    }
}
