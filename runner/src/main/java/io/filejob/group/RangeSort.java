package io.filejob.group;

import io.filejob.job.Run;
import io.filejob.storage.WholeFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the records of one range of keys: in memory or, where there are too many for that, as sorted runs in a file that
 * goes when it is closed. For one thread.
 */
final class RangeSort implements AutoCloseable {
    /** Records get a part of the memory: what puts them in order takes more than they do. */
    private static final int SHARE = 8;

    private final GroupSchema schema;
    private final GroupResults.RunSource source;
    private final String name;
    private final RowSort rows;
    private final List<Run> runs = new ArrayList<>();
    private @Nullable WholeFile file;
    private @Nullable RunFiles files;

    RangeSort(GroupSchema schema, GroupResults.RunSource source, int range) {
        this.schema = schema;
        this.source = source;
        this.name = "sorting-" + range + "-" + source.attempt();
        this.rows = source.buffers().rows();
        rows.clear();
    }

    /** Adds what is left of {@code cursor}. */
    void add(RunCursor cursor, StateSkip skip) {
        while (cursor.next(skip)) {
            skip.over(cursor.bytes(), cursor.keyStart, cursor.keyLength, cursor.state);
            rows.add(cursor.bytes(), cursor.keyStart, cursor.keyLength, cursor.state.at);
            if (rows.size() > source.memory() / SHARE) {
                spill();
            }
        }
    }

    private void spill() {
        file = file == null ? source.folder().create(name, source.attempt()) : file;
        RunWriter writer =
                new RunWriter(name, file, runs.isEmpty() ? 0 : runs.getLast().end());
        GroupStream groups = new GroupStream(schema, rows.sorted());
        while (groups.next()) {
            groups.write(writer.begin(groups.key().array(), 0, groups.key().size()));
        }
        runs.add(writer.finish());
        rows.clear();
    }

    /** All records in order; valid until this is closed. */
    SortedRecords sorted() {
        if (file == null) {
            return rows.sorted();
        }
        if (rows.size() > 0) {
            spill();
        }
        file.commit();
        // Beside those that were read for it.
        files = new RunFiles(source.folder(), source.buffers(), RunWriter.BLOCK);
        List<RunCursor> cursors = new ArrayList<>();
        for (Run run : runs) {
            cursors.add(files.cursor(run, RunCursor.Range.all()));
        }
        return new RunMerge(cursors, new StateSkip(schema), 0);
    }

    @Override
    public void close() {
        if (files != null) {
            files.close();
        }
        if (file != null) {
            file.close();
            source.folder().delete(name);
        }
    }
}
