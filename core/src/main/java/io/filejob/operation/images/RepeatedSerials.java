package io.filejob.operation.images;

import io.filejob.security.Sha256;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds serial numbers that occur more than once, in bounded memory: 64 bits of the SHA-256 of each are sorted, in several
 * passes over parts of them if they are too many; those of which two are equal are compared in a second reading, by 128
 * bits. Not thread-safe.
 */
final class RepeatedSerials {
    private static final int HEX = 16;
    private static final int MIN_CAPACITY = 1 << 10;

    private final int capacity;
    private long[] hashes = new long[MIN_CAPACITY];
    private int size;
    private long total;
    private boolean full;
    private int part;
    private int parts = 1;
    private long[] candidates = {};
    private long[] rest = {};
    private final BitSet seen = new BitSet();
    private final Set<List<Long>> collisions = new HashSet<>();

    /** Creates a search that holds about {@code memory} bytes. */
    RepeatedSerials(long memory) {
        // Hashes take 8 bytes each; at most half of them are candidates, of 16 bytes each.
        this.capacity = Math.clamp(memory / (2 * Long.BYTES), MIN_CAPACITY, Integer.MAX_VALUE / 2);
    }

    /** Takes the serial number of a row in the first reading of a part. */
    void add(String serial) {
        long hash = Long.parseUnsignedLong(new Sha256().update(serial).hex(Long.BYTES), HEX);
        total++;
        if (full || !isOfPart(hash)) {
            return;
        }
        if (size == capacity) {
            keepTwoOfEach();
            if (size > capacity / 4 * 3) {
                full = true;
                return;
            }
        } else if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.min(2 * size, capacity));
        }
        hashes[size++] = hash;
    }

    private void keepTwoOfEach() {
        Arrays.sort(hashes, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept < 2 || hashes[kept - 2] != hashes[i]) {
                hashes[kept++] = hashes[i];
            }
        }
        size = kept;
    }

    private boolean isOfPart(long hash) {
        return parts == 1 || Math.floorMod(hash, parts) == part;
    }

    /** Returns whether the last reading found too many serial numbers; the search must begin again, in more parts. */
    boolean isFull() {
        return full;
    }

    /** Divides the serial numbers into parts that fit, by their total number in the last reading; begins the first one. */
    void divide() {
        parts = Math.toIntExact(Math.max(2L * parts, total / capacity * 2 + 1));
        begin(0);
    }

    /** Begins the next part; returns false if there is none. */
    boolean next() {
        if (part + 1 >= parts) {
            return false;
        }
        begin(part + 1);
        return true;
    }

    private void begin(int number) {
        part = number;
        size = 0;
        total = 0;
        full = false;
    }

    /** Ends the first reading of a part; returns whether a second one is necessary. */
    boolean hasCandidates() {
        Arrays.sort(hashes, 0, size);
        int count = 0;
        long[] found = new long[16];
        for (int i = 1; i < size; i++) {
            boolean again = hashes[i] == hashes[i - 1];
            if (again && (count == 0 || found[count - 1] != hashes[i])) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = hashes[i];
            }
        }
        candidates = Arrays.copyOf(found, count);
        rest = new long[count];
        seen.clear();
        collisions.clear();
        return count > 0;
    }

    /** Returns whether the serial number of a row, in the second reading of a part, is that of an earlier row. */
    boolean isRepeated(String serial) {
        String digest = new Sha256().update(serial).hex(2 * Long.BYTES);
        long hash = Long.parseUnsignedLong(digest, 0, 2 * Long.BYTES, HEX);
        int index = Arrays.binarySearch(candidates, hash);
        if (index < 0) {
            return false;
        }
        long more = Long.parseUnsignedLong(digest, 2 * Long.BYTES, 4 * Long.BYTES, HEX);
        if (!seen.get(index)) {
            seen.set(index);
            rest[index] = more;
            return false;
        }
        return rest[index] == more || !collisions.add(List.of(hash, more));
    }
}
