package io.filejob.group;

import io.filejob.model.TopSpec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first rows by rank of all that are added: in memory or, where they are too many for that, in sorted runs. What cannot be
 * among them is dropped as soon as that is known. For one thread.
 */
final class TopRows implements AutoCloseable {
    /** Rows get a part of the memory: a range of keys may be sorted beside them. */
    private static final int SHARE = 4;
    /** So many rows more than twice the limit are kept before it is found out which ones are wanted. */
    private static final int TRIAL = 1 << 14;

    private final int limit;
    private final long memory;
    private final RowRank rank;
    private final @Nullable Spills spills;
    private final ByteList record = new ByteList(1 << 10);
    private RowSort rows = new RowSort();
    private RowSort others = new RowSort();
    /** The rank of a row that as many come before as are wanted. */
    private byte @Nullable [] last;

    /** Rows that are many go where {@code source} says, with {@code name}; all stay in memory if that is null. */
    TopRows(GroupSchema schema, GroupResults.@Nullable RunSource source, String name) {
        TopSpec top = Objects.requireNonNull(schema.spec().top());
        this.limit = top.limit();
        this.rank = new RowRank(schema, top);
        this.memory = source == null ? Long.MAX_VALUE : source.memory() / SHARE;
        this.spills = source == null ? null : new Spills(source, name, new StateSkip(schema), this::copyFirst);
    }

    /** Adds the packed row {@code bytes[from, from + length)}. */
    void add(byte[] bytes, int from, int length) {
        record.clear();
        rank.write(bytes, from, record);
        int ranked = record.size;
        if (last != null && Arrays.compareUnsigned(record.array, 0, ranked, last, 0, last.length) >= 0) {
            return;
        }
        record.putVarint(length);
        record.put(bytes, from, from + length);
        rows.add(record.array, 0, ranked, record.size);
        if (rows.isMoreThan(memory) || rows.count() >= 2L * limit + TRIAL) {
            shrink();
        }
    }

    /** Keeps those that are wanted, in memory if they take no more than half of it. */
    private void shrink() {
        SortedRecords sorted = rows.sorted();
        others.clear();
        for (int i = 0; i < limit && sorted.next(); i++) {
            int begin = sorted.keyStart();
            ByteCursor state = sorted.state();
            int end = end(state);
            others.add(sorted.bytes(), begin, sorted.keyLength(), end);
            if (i == limit - 1) {
                last = Arrays.copyOfRange(sorted.bytes(), begin, begin + sorted.keyLength());
            }
        }
        RowSort before = rows;
        rows = others;
        others = before;
        others.clear();
        if (spills != null && rows.isMoreThan(memory / 2)) {
            spills.add(rows.sorted());
            rows.clear();
        }
    }

    private static int end(ByteCursor state) {
        int length = (int) state.varint();
        state.at += length;
        return state.at;
    }

    private void copyFirst(SortedRecords from, RunWriter to) {
        for (int i = 0; i < limit && from.next(); i++) {
            ByteList out = to.begin(from.bytes(), from.keyStart(), from.keyLength());
            ByteCursor state = from.state();
            int begin = state.at;
            out.put(state.bytes, begin, end(state));
        }
    }

    /** Gives the rows to {@code target} in their order. Nothing is added after that. */
    void write(PackedRows.Target target) {
        SortedRecords sorted;
        if (spills == null || spills.isEmpty()) {
            sorted = rows.sorted();
        } else {
            if (rows.count() > 0) {
                spills.add(rows.sorted());
            }
            rows.release();
            others.release();
            sorted = spills.merged();
        }
        for (int i = 0; i < limit && sorted.next(); i++) {
            ByteCursor state = sorted.state();
            int length = (int) state.varint();
            target.add(state.bytes, state.at, length);
            state.at += length;
        }
    }

    @Override
    public void close() {
        if (spills != null) {
            spills.close();
        }
    }
}
