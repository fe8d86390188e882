package io.filejob.output;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.group.GroupSchema;
import io.filejob.group.PackedRows;
import io.filejob.group.SortedRecords;
import io.filejob.group.StateSkip;
import io.filejob.spec.aggregate.TopSpec;
import io.filejob.spill.RecordTarget;
import io.filejob.spill.RowSort;
import io.filejob.spill.RunSource;
import io.filejob.spill.Spills;
import io.filejob.status.JobResult;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first of all added rows by rank: in memory or, if there are too many, in sorted runs. Rows that cannot be among
 * them are dropped as early as possible. For one thread.
 */
public final class TopRows implements AutoCloseable {
    /** Divisor of the memory for rows: a range of keys may be sorted at the same time. */
    private static final int SHARE = 4;
    /** Limit in bytes for rows without runs. */
    private static final int SHOWN_MEMORY = 4 << 20;
    /** Number of rows, in addition to twice the limit, that are kept before surplus rows are dropped. */
    private static final int TRIAL = 1 << 14;

    private final int limit;
    private final long memory;
    private final RowRank rank;
    private final @Nullable Spills spills;
    private final ByteList record = new ByteList(1 << 10);
    private RowSort rows = new RowSort();
    private RowSort others = new RowSort();
    /** Rank of the last row within the limit; rows from this rank on are dropped. */
    private byte @Nullable [] last;

    /**
     * Creates an empty set of rows. Large sets are stored in {@code source}, in files with names that begin with {@code
     * name}; if {@code source} is null, only the rows that a status shows are kept.
     */
    public TopRows(GroupSchema schema, @Nullable RunSource source, String name) {
        TopSpec top = Objects.requireNonNull(schema.spec().top());
        this.limit = source == null ? Math.min(top.limit(), JobResult.MAX_ROWS) : top.limit();
        this.rank = new RowRank(schema, top);
        this.memory = source == null ? SHOWN_MEMORY : source.memory() / SHARE;
        this.spills = source == null ? null : new Spills(source, name, new StateSkip(schema), this::copyFirst);
    }

    /** Adds the packed row {@code bytes[from, from + length)}. */
    public void add(byte[] bytes, int from, int length) {
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

    /** Drops rows beyond the limit; spills the rest if they take more than half of the memory. */
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

    private void copyFirst(SortedRecords from, RecordTarget to) {
        for (int i = 0; i < limit && from.next(); i++) {
            ByteList out = to.begin(from.bytes(), from.keyStart(), from.keyLength());
            ByteCursor state = from.state();
            int begin = state.at;
            out.put(state.bytes, begin, end(state));
        }
    }

    /** Passes the rows to {@code target} in order. No rows can be added afterwards. */
    public void write(PackedRows.RowReceiver target) {
        SortedRecords sorted;
        if (spills == null || spills.count() == 0) {
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
