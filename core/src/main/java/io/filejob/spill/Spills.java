package io.filejob.spill;

import io.filejob.file.PendingFile;
import io.filejob.group.SortedRecords;
import io.filejob.group.StateSkip;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorted runs of records that do not fit into memory, in spill files that are deleted on close. As soon as there are too
 * many runs of about the same size for a single merge, they are merged into fewer larger ones, so that their number grows
 * only with the logarithm of the number of records. For one thread.
 */
public final class Spills implements AutoCloseable {
    /** With more runs at once, the additional comparisons cost more than a pass saves. */
    private static final int MAX_FAN_IN = 256;
    /** Divisor of the memory available for reading runs: the data that was in memory before is still there. */
    private static final int SHARE = 4;

    /** Writes records to a run. */
    @FunctionalInterface
    public interface Copy {
        /** Writes all records of {@code from} to {@code to}, in their order. */
        void copy(SortedRecords from, RecordTarget to);
    }

    private final RunSource source;
    private final String name;
    private final StateSkip skip;
    private final Copy copy;
    /** Runs by the number of merges that they went through. */
    private final List<MergeLevel> levels = new ArrayList<>();
    /** Number of files created so far. */
    private int created;

    private @Nullable SpillFiles files;

    /** Creates spill files with names that begin with {@code name}; {@code copy} writes each run. */
    public Spills(RunSource source, String name, StateSkip skip, Copy copy) {
        this.source = source;
        this.name = name + "-" + source.attempt();
        this.skip = skip;
        this.copy = copy;
    }

    /** Runs of about the same size, in files that hold no other runs. */
    private final class MergeLevel {
        final List<FramedRun> runs = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private @Nullable PendingFile file;
        private long end;

        void add(SortedRecords records) {
            if (file == null) {
                names.add(name + (created == 0 ? "" : "-" + created));
                created++;
                file = source.folder().create(names.getLast(), source.attempt());
                end = 0;
            }
            FramedWriter writer = new FramedWriter(names.getLast(), file, end);
            copy.copy(records, writer);
            runs.add(writer.finish());
            end = runs.getLast().end();
        }

        /** Makes the runs readable. */
        void commit() {
            if (file != null) {
                file.commit();
                discard();
            }
        }

        private void discard() {
            if (file != null) {
                file.close();
                file = null;
            }
        }

        void delete() {
            discard();
            names.forEach(source.folder()::delete);
            names.clear();
            runs.clear();
        }
    }

    /** Returns the number of runs. */
    public int count() {
        return levels.stream().mapToInt(level -> level.runs.size()).sum();
    }

    /** Writes a run. */
    public void add(SortedRecords records) {
        level(0).add(records);
        for (int level = 0; levels.get(level).runs.size() >= MAX_FAN_IN; level++) {
            merge(level);
        }
    }

    private MergeLevel level(int number) {
        if (number == levels.size()) {
            levels.add(new MergeLevel());
        }
        return levels.get(number);
    }

    /** Returns the records of all runs in order, valid until this is closed. No runs can be added afterwards. */
    public SortedRecords merged() {
        while (true) {
            levels.forEach(MergeLevel::commit);
            List<FramedRun> all =
                    levels.stream().flatMap(level -> level.runs.stream()).toList();
            files = opened(all.size());
            List<SpillCursor> cursors = open(all, 0, files);
            if (cursors.size() == all.size()) {
                return new SpillMerge(cursors, skip, 0);
            }
            files.close();
            files = null;
            int smallest = 0;
            while (levels.get(smallest).runs.isEmpty()) {
                smallest++;
            }
            merge(smallest);
        }
    }

    /** Merges the runs of a level into fewer ones of the next level. */
    private void merge(int number) {
        MergeLevel from = levels.get(number);
        from.commit();
        int next = 0;
        while (next < from.runs.size()) {
            try (SpillFiles some = opened(from.runs.size())) {
                List<SpillCursor> cursors = open(from.runs, next, some);
                next += cursors.size();
                level(number + 1).add(new SpillMerge(cursors, skip, 0));
            }
        }
        from.delete();
    }

    private SpillFiles opened(int count) {
        long bytesAtOnce = source.memory() / SHARE / 2 / Math.min(count, MAX_FAN_IN);
        return new SpillFiles(
                source.folder(), source.buffers(), Math.clamp(bytesAtOnce, SpillWriter.BLOCK, SpillFiles.MAX_AT_ONCE));
    }

    /** Opens as many runs as the memory allows, beginning with number {@code first}, but at least two. */
    private List<SpillCursor> open(List<FramedRun> all, int first, SpillFiles into) {
        List<SpillCursor> cursors = new ArrayList<>();
        for (FramedRun run : all.subList(first, all.size())) {
            if (cursors.size() >= 2 && (cursors.size() == MAX_FAN_IN || into.held() > source.memory() / SHARE)) {
                break;
            }
            cursors.add(into.cursor(run));
        }
        return cursors;
    }

    @Override
    public void close() {
        if (files != null) {
            files.close();
        }
        levels.forEach(MergeLevel::delete);
    }
}
