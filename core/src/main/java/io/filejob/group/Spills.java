package io.filejob.group;

import io.filejob.file.PendingFile;
import io.filejob.job.SpillFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted runs of records that do not fit into memory, in a spill file that is deleted on close. If there are too many
 * runs for a single merge, they are merged in several passes. For one thread.
 */
final class Spills implements AutoCloseable {
    /** With more runs at once, the additional comparisons cost more than a pass saves. */
    private static final int MAX_FAN_IN = 256;
    /** Divisor of the memory available for reading runs: the data that was in memory before is still there. */
    private static final int SHARE = 4;

    /** Writes records to a run. */
    @FunctionalInterface
    interface Copy {
        void copy(SortedRecords from, SpillWriter to);
    }

    private final GroupResults.RunSource source;
    private final String name;
    private final StateSkip skip;
    private final Copy copy;
    private List<SpillFile> runs = new ArrayList<>();
    private int pass;
    private @Nullable PendingFile file;
    private @Nullable SpillFiles files;

    /** Creates spill files with names that begin with {@code name}; {@code copy} writes each run. */
    Spills(GroupResults.RunSource source, String name, StateSkip skip, Copy copy) {
        this.source = source;
        this.name = name + "-" + source.attempt();
        this.skip = skip;
        this.copy = copy;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Writes a run; returns the number of its records. */
    long add(SortedRecords records) {
        file = file == null ? source.folder().create(fileName(), source.attempt()) : file;
        SpillWriter writer = new SpillWriter(
                fileName(), file, runs.isEmpty() ? 0 : runs.getLast().end());
        copy.copy(records, writer);
        SpillFile run = writer.finish();
        runs.add(run);
        return run.records();
    }

    private String fileName() {
        return name + (pass == 0 ? "" : "-" + pass);
    }

    /** Returns the records of all runs in order, valid until this is closed. No runs can be added afterwards. */
    SortedRecords merged() {
        commit();
        while (true) {
            files = opened(runs.size());
            List<SpillCursor> cursors = open(runs, 0, files);
            if (cursors.size() == runs.size()) {
                return new SpillMerge(cursors, skip, 0);
            }
            files.close();
            files = null;
            mergeOnce();
        }
    }

    private void commit() {
        if (file != null) {
            file.commit();
            file.close();
            file = null;
        }
    }

    /** Merges groups of runs, each into one run of a new file. */
    private void mergeOnce() {
        List<SpillFile> before = runs;
        String fileBefore = fileName();
        runs = new ArrayList<>();
        pass++;
        int next = 0;
        while (next < before.size()) {
            try (SpillFiles some = opened(before.size())) {
                List<SpillCursor> cursors = open(before, next, some);
                next += cursors.size();
                add(new SpillMerge(cursors, skip, 0));
            }
        }
        commit();
        source.folder().delete(fileBefore);
    }

    private SpillFiles opened(int count) {
        long bytesAtOnce = source.memory() / SHARE / 2 / Math.min(count, MAX_FAN_IN);
        return new SpillFiles(
                source.folder(),
                source.buffers(),
                Math.clamp(bytesAtOnce, SpillWriter.BLOCK, GroupResults.MAX_AT_ONCE));
    }

    /** Opens as many runs as the memory allows, beginning with number {@code first}, but at least two. */
    private List<SpillCursor> open(List<SpillFile> all, int first, SpillFiles into) {
        List<SpillCursor> cursors = new ArrayList<>();
        for (SpillFile run : all.subList(first, all.size())) {
            if (cursors.size() >= 2 && (cursors.size() == MAX_FAN_IN || into.held() > source.memory() / SHARE)) {
                break;
            }
            cursors.add(into.cursor(run, SpillCursor.Range.all()));
        }
        return cursors;
    }

    @Override
    public void close() {
        if (files != null) {
            files.close();
        }
        if (file != null) {
            file.close();
        }
        if (!runs.isEmpty()) {
            source.folder().delete(fileName());
        }
    }
}
