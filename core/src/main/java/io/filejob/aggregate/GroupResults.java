package io.filejob.aggregate;

import io.filejob.bytes.ByteList;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.group.GroupSchema;
import io.filejob.group.GroupStream;
import io.filejob.group.PackedRows;
import io.filejob.group.SortedRecords;
import io.filejob.group.StateSkip;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.InlineGroups;
import io.filejob.ledger.SpillFile;
import io.filejob.output.CsvWriter;
import io.filejob.output.ResultRow;
import io.filejob.output.RowOutput;
import io.filejob.output.TopRows;
import io.filejob.spill.RangePartition;
import io.filejob.spill.RangeSort;
import io.filejob.spill.RunSource;
import io.filejob.spill.SpillCursor;
import io.filejob.spill.SpillFiles;
import io.filejob.spill.SpillMerge;
import io.filejob.spill.SpillWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Merges partial results into the rows of the result. Safe to use from any thread. */
public final class GroupResults {
    /** Approximate memory of a run being read, in bytes. */
    private static final int BYTES_PER_RUN = 4 * SpillWriter.BLOCK;

    private final GroupSchema schema;
    private final List<GroupsPartial> partials;

    /** Merges the results of all slices, in any order. */
    public GroupResults(GroupSchema schema, List<GroupsPartial> partials) {
        this.schema = schema;
        this.partials = List.copyOf(partials);
    }

    /**
     * Writes all rows; no partial result may have runs. Large numbers of rows of {@code top} are sorted in {@code
     * source}; if it is null, {@code out} counts all of them and receives only those that a status shows.
     */
    public void write(@Nullable RunSource source, RowOutput out) {
        decode(() -> {
            List<SpillCursor> cursors = inline(SpillCursor.KeyRange.all());
            emit(new SpillMerge(cursors, new StateSkip(schema), 0), 0, source, out);
        });
    }

    /**
     * Writes the rows of the key range {@code range} of {@code ranges}. With {@code top}, writes only rows that may be
     * among the first.
     */
    public void write(RunSource source, int range, int ranges, RowOutput out) {
        RangePartition borders = new RangePartition(partials, schema.keys(), ranges);
        if (!borders.isThere(range)) {
            return;
        }
        SpillCursor.KeyRange keys = new SpillCursor.KeyRange(borders.low(range), borders.high(range));
        List<SpillFile> all =
                partials.stream().flatMap(partial -> partial.runs().stream()).toList();
        boolean few = all.size() <= Math.max(2, source.memory() / BYTES_PER_RUN);
        if (!few
                || !all.stream().allMatch(SpillFile::sorted)
                || !merge(source, all, keys, borders.common(range), range, out)) {
            sort(source, keys, range, out);
        }
    }

    /** Throws {@link JobFailedException} if {@code reading} meets groups that no worker wrote: a ledger has no type for them. */
    static void decode(Runnable reading) {
        try {
            reading.run();
        } catch (IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | IllegalArgumentException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "the ledgers hold groups that cannot be read (" + e.getMessage()
                            + "): they were not written for this plan; start a new job",
                    e);
        }
    }

    /** Merges sorted runs in a single pass; returns false, with nothing written, if that takes too much memory. */
    private boolean merge(
            RunSource source, List<SpillFile> all, SpillCursor.KeyRange keys, int common, int range, RowOutput out) {
        try (SpillFiles files = files(source, all.size())) {
            List<SpillCursor> cursors = inline(keys);
            // Inline partial results may have keys outside the range of the runs' samples.
            int shared = cursors.isEmpty() ? common : 0;
            for (SpillFile run : all) {
                cursors.add(files.cursor(run, keys));
                if (files.held() > source.memory() && cursors.size() > 2) {
                    return false;
                }
            }
            emit(new SpillMerge(cursors, new StateSkip(schema), shared), range, source, out);
            return true;
        }
    }

    /** Sorts all records of the range. */
    private void sort(RunSource source, SpillCursor.KeyRange keys, int range, RowOutput out) {
        StateSkip skip = new StateSkip(schema);
        try (RangeSort sort = new RangeSort(schema, source, range)) {
            inline(keys).forEach(cursor -> sort.add(cursor, skip));
            for (GroupsPartial partial : partials) {
                // The files are opened one at a time, since there may be very many.
                try (SpillFiles files = files(source, 1)) {
                    for (SpillFile run : partial.runs()) {
                        sort.add(files.cursor(run, keys), skip);
                        files.release();
                    }
                }
            }
            emit(sort.sorted(), range, source, out);
        }
    }

    /** Opens the files of runs; buffers for reading take half of the memory. */
    static SpillFiles files(RunSource source, int runs) {
        return new SpillFiles(
                source.folder(),
                source.buffers(),
                Math.clamp(source.memory() / 2 / Math.max(1, runs), SpillWriter.BLOCK, SpillFiles.MAX_AT_ONCE));
    }

    private List<SpillCursor> inline(SpillCursor.KeyRange range) {
        List<SpillCursor> cursors = new ArrayList<>();
        for (GroupsPartial partial : partials) {
            if (partial.inline().size() > 0) {
                cursors.add(new SpillCursor(new OneBlock(partial.inline()), true, range));
            }
        }
        return cursors;
    }

    /** Groups in a ledger, which are read where they are. */
    private static final class OneBlock implements SpillCursor.Blocks {
        private final InlineGroups groups;
        private boolean read;

        OneBlock(InlineGroups groups) {
            this.groups = groups;
        }

        @Override
        public boolean next(ByteList block) {
            if (read) {
                return false;
            }
            read = true;
            block.wrap(groups.bytes(), groups.size());
            return true;
        }

        @Override
        public int usualSize() {
            return 0;
        }
    }

    private void emit(SortedRecords records, int range, @Nullable RunSource source, RowOutput out) {
        GroupStream groups = new GroupStream(schema, records);
        ResultRow row = new ResultRow(schema);
        try (TopRows top = schema.spec().top() == null ? null : new TopRows(schema, source, "ranking-" + range)) {
            ByteList packed = new ByteList(1 << 10);
            long ranked = 0;
            boolean more = groups.next();
            if (!more && range == 0 && schema.spec().keys().isEmpty()) {
                groups.nothing();
                more = true;
            }
            while (more) {
                row.of(groups);
                if (row.isWanted() && top == null) {
                    out.add(row);
                } else if (row.isWanted()) {
                    ranked++;
                    packed.clear();
                    row.pack(packed);
                    Objects.requireNonNull(top).add(packed.array, 0, packed.size);
                }
                more = groups.next();
            }
            if (top != null) {
                write(top, row, out);
                out.count(Math.min(
                        ranked, Objects.requireNonNull(schema.spec().top()).limit()));
            }
        }
        out.flush();
    }

    private static void write(TopRows top, ResultRow row, RowOutput out) {
        top.write((bytes, from, _) -> {
            row.of(bytes, from);
            out.add(row);
        });
    }

    /** Source of packed rows for {@link #writeTop}. */
    @FunctionalInterface
    public interface TopCandidates {
        /** Passes all rows to {@code target}. */
        void addTo(PackedRows.RowReceiver target);
    }

    /**
     * Writes the first rows by rank among the candidates found for the ranges. Large numbers of rows are sorted in
     * {@code source}; if it is null, only the rows that a status shows are written.
     */
    public void writeTop(@Nullable RunSource source, TopCandidates candidates, RowOutput out) {
        decode(() -> {
            try (TopRows top = new TopRows(schema, source, "ranking")) {
                candidates.addTo(top::add);
                write(top, new ResultRow(schema), out);
            }
            out.flush();
        });
    }

    /** Writes those of {@code rows} that a status shows, by rank. */
    public void writeTop(List<List<@Nullable String>> rows, RowOutput out) {
        writeTop(
                null,
                target -> {
                    ByteList packed = new ByteList(1 << 10);
                    for (List<@Nullable String> row : rows) {
                        packed.clear();
                        PackedRows.write(row, packed);
                        target.add(packed.array, 0, packed.size);
                    }
                },
                out);
    }

    /** Returns the header of the output. */
    public byte[] header() {
        return CsvWriter.record(schema.spec().outputColumns());
    }
}
