package io.filejob.spill;

import io.filejob.group.GroupSchema;
import io.filejob.group.SortedRecords;
import io.filejob.group.StateSkip;

/**
 * Sorts the records of one key range: in memory or, if there are too many, as sorted runs in a spill file that is
 * deleted on close. For one thread.
 */
public final class RangeSort implements AutoCloseable {
    private final long memory;
    private final RowSort rows;
    private final Spills spills;

    /** Creates a sort of the records of one range of keys. */
    public RangeSort(GroupSchema schema, RunSource source, int range) {
        this.memory = source.memory();
        this.rows = source.buffers().rows();
        this.spills = new Spills(source, "sorting-" + range, new StateSkip(schema), new Combining(schema));
        rows.clear();
    }

    /** Adds the remaining records of {@code cursor}. */
    public void add(SpillCursor cursor, StateSkip skip) {
        while (cursor.next(skip)) {
            skip.over(cursor.bytes(), cursor.keyStart, cursor.keyLength, cursor.state);
            rows.add(cursor.bytes(), cursor.keyStart, cursor.keyLength, cursor.state.at);
            if (rows.isMoreThan(memory)) {
                spill();
            }
        }
    }

    private void spill() {
        spills.add(rows.sorted());
        rows.clear();
    }

    /** Returns all records in order; valid until this is closed. */
    public SortedRecords sorted() {
        if (spills.count() == 0) {
            return rows.sorted();
        }
        if (rows.count() > 0) {
            spill();
        }
        rows.release();
        return spills.merged();
    }

    @Override
    public void close() {
        spills.close();
    }
}
