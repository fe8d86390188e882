package io.filejob.spill;

import io.filejob.bytes.ByteCursor;
import io.filejob.group.SortedRecords;
import io.filejob.group.StateSkip;
import java.util.Arrays;
import java.util.List;

/**
 * Merges runs. A tree of losers (Knuth, The Art of Computer Programming 3, section 5.4.1) finds the smallest key; most
 * comparisons compare the eight bytes after the common prefix of all keys.
 */
public final class SpillMerge implements SortedRecords {
    private final List<SpillCursor> cursors;
    private final StateSkip skip;
    private final long[] prefixes;
    private final boolean[] ended;
    private final int[] losers;
    private final int common;
    private int winner;
    private boolean begun;

    /** Merges the runs of {@code cursors}; all keys share their first {@code common} bytes. */
    public SpillMerge(List<SpillCursor> cursors, StateSkip skip, int common) {
        this.cursors = List.copyOf(cursors);
        this.skip = skip;
        this.common = common;
        int count = Math.max(1, cursors.size());
        this.prefixes = new long[count];
        this.ended = new boolean[count];
        this.losers = new int[count];
        Arrays.fill(losers, -1);
        if (cursors.isEmpty()) {
            ended[0] = true;
        }
        for (int i = 0; i < cursors.size(); i++) {
            advance(i);
        }
        for (int i = 0; i < cursors.size(); i++) {
            play(i);
        }
    }

    @Override
    public boolean next() {
        if (begun && !ended[winner]) {
            advance(winner);
            play(winner);
        }
        begun = true;
        return !ended[winner];
    }

    @Override
    public byte[] bytes() {
        return cursors.get(winner).bytes();
    }

    @Override
    public int keyStart() {
        return cursors.get(winner).keyStart;
    }

    @Override
    public int keyLength() {
        return cursors.get(winner).keyLength;
    }

    @Override
    public ByteCursor state() {
        return cursors.get(winner).state;
    }

    private void advance(int i) {
        SpillCursor cursor = cursors.get(i);
        if (!cursor.next(skip)) {
            ended[i] = true;
            return;
        }
        prefixes[i] = prefix(cursor);
    }

    /** Returns the eight bytes after the common prefix, so that unsigned order becomes signed order. */
    private long prefix(SpillCursor cursor) {
        int from = cursor.keyStart + common;
        int left = cursor.keyLength - common;
        long word = left <= 0 ? 0 : KeySort.bigEndian(cursor.bytes(), from);
        if (left > 0 && left < Long.BYTES) {
            word &= -1L << (Long.SIZE - 8 * left);
        }
        return word ^ Long.MIN_VALUE;
    }

    /** Plays a cursor against the losers on its path to the root. */
    private void play(int cursor) {
        int best = cursor;
        for (int node = (cursor + losers.length) >>> 1; node > 0; node >>>= 1) {
            int other = losers[node];
            if (other < 0) {
                // The opponent has not played yet.
                losers[node] = best;
                return;
            }
            if (isBefore(other, best)) {
                losers[node] = best;
                best = other;
            }
        }
        winner = best;
    }

    private boolean isBefore(int one, int other) {
        if (ended[one] || ended[other]) {
            return !ended[one];
        }
        if (prefixes[one] != prefixes[other]) {
            return prefixes[one] < prefixes[other];
        }
        SpillCursor a = cursors.get(one);
        SpillCursor b = cursors.get(other);
        int order = Arrays.compareUnsigned(
                a.bytes(),
                a.keyStart + Math.min(common, a.keyLength),
                a.keyStart + a.keyLength,
                b.bytes(),
                b.keyStart + Math.min(common, b.keyLength),
                b.keyStart + b.keyLength);
        return order != 0 ? order < 0 : one < other;
    }
}
