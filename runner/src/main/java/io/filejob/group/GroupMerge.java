package io.filejob.group;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Merges runs: each key once, in order, with what all runs have seen of it. A tree of losers (Knuth, The Art of Computer
 * Programming 3, section 5.4.1) finds the smallest key; most comparisons are those of eight bytes behind what all keys have
 * in common.
 */
final class GroupMerge {
    /** The one group whose state is held. */
    private static final int CURRENT = 1;

    private final KeyFormat format;
    private final List<Accumulator> accumulators;
    /** States that are read over go there. */
    private final List<Accumulator> ignored;

    private final List<RunCursor> cursors;
    private final long[] prefixes;
    private final boolean[] ended;
    private final int[] losers;
    private final int common;
    private int winner;

    private final ByteList key = new ByteList(256);
    private final ByteList lastValue = new ByteList(256);

    /** All keys begin with the same {@code common} bytes. */
    GroupMerge(GroupSchema schema, List<RunCursor> cursors, int common) {
        this.format = schema.keys();
        this.accumulators = accumulators(schema);
        this.ignored = accumulators(schema);
        this.cursors = List.copyOf(cursors);
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

    private static List<Accumulator> accumulators(GroupSchema schema) {
        Map<Integer, DecimalColumn> columns = schema.decimalColumns();
        List<Accumulator> all = schema.accumulators(columns, new InputPosition());
        all.forEach(accumulator -> accumulator.reserve(CURRENT + 1));
        return all;
    }

    /** The current group's key is the whole of this. */
    ByteList key() {
        return key;
    }

    /** The state of measure number {@code measure}; {@code print} it for {@link #current()}. */
    Accumulator measure(int measure) {
        return accumulators.get(measure);
    }

    int current() {
        return CURRENT;
    }

    /** Begins a group that no run has. */
    void nothing() {
        accumulators.forEach(Accumulator::clear);
        key.clear();
    }

    /** Goes to the next group; false after the last one. */
    boolean next() {
        if (ended[winner]) {
            return false;
        }
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).clear();
        }
        RunCursor from = cursors.get(winner);
        int length = format.length(from.bytes(), from.keyStart, from.keyStart + from.keyLength);
        key.clear();
        key.put(from.bytes(), from.keyStart, from.keyStart + length);
        lastValue.clear();
        do {
            add(from);
            advance(winner);
            play(winner);
            from = cursors.get(winner);
        } while (!ended[winner] && isCurrent(from));
        return true;
    }

    private boolean isCurrent(RunCursor cursor) {
        if (cursor.keyLength < key.size || (cursor.keyLength > key.size && !format.extended())) {
            return false;
        }
        int start = cursor.keyStart;
        return Arrays.equals(cursor.bytes(), start, start + key.size, key.array, 0, key.size);
    }

    private void add(RunCursor cursor) {
        if (cursor.keyLength == key.size) {
            for (int i = 0; i < accumulators.size(); i++) {
                accumulators.get(i).read(CURRENT, cursor.state);
            }
            return;
        }
        int end = cursor.keyStart + cursor.keyLength;
        int from = cursor.keyStart + key.size;
        if (!Arrays.equals(cursor.bytes(), from, end, lastValue.array, 0, lastValue.size)) {
            lastValue.clear();
            lastValue.put(cursor.bytes(), from, end);
            ByteCursor number = new ByteCursor();
            number.of(cursor.bytes(), from);
            ((CountAccumulator) accumulators.get((int) number.varint() - 1)).increment(CURRENT);
        }
    }

    private void skip(RunCursor cursor) {
        if (format.length(cursor.bytes(), cursor.keyStart, cursor.keyStart + cursor.keyLength) == cursor.keyLength) {
            for (Accumulator accumulator : ignored) {
                accumulator.read(CURRENT, cursor.state);
            }
        }
    }

    private void advance(int i) {
        RunCursor cursor = cursors.get(i);
        if (!cursor.next(this::skip)) {
            ended[i] = true;
            return;
        }
        prefixes[i] = prefix(cursor);
    }

    /** So that unsigned numbers compare as signed ones. */
    private long prefix(RunCursor cursor) {
        int from = cursor.keyStart + common;
        int left = cursor.keyLength - common;
        long word = left <= 0 ? 0 : KeySort.bigEndian(cursor.bytes(), from);
        if (left > 0 && left < Long.BYTES) {
            word &= -1L << (Long.SIZE - 8 * left);
        }
        return word ^ Long.MIN_VALUE;
    }

    /** Lets a cursor play against the losers on its way up. */
    private void play(int cursor) {
        int best = cursor;
        for (int node = (cursor + losers.length) >>> 1; node > 0; node >>>= 1) {
            int other = losers[node];
            if (other < 0) {
                // Its opponent has not played yet.
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
        RunCursor a = cursors.get(one);
        RunCursor b = cursors.get(other);
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
