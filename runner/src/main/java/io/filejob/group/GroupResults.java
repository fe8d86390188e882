package io.filejob.group;

import io.filejob.job.GroupsPartial;
import io.filejob.job.Run;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.model.TopSpec;
import io.filejob.storage.Folder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From partial results to the rows of the result. Safe to use from any thread. */
public final class GroupResults {
    /** What a run that is read takes, roughly. */
    private static final int BYTES_PER_RUN = 3 * RunWriter.BLOCK;

    /** More bytes of a run at once help nobody. */
    private static final int MOST_AT_ONCE = 1 << 20;

    /**
     * Where runs are and what they are read with.
     *
     * @param folder their files
     * @param attempt who writes there, if need be
     * @param buffers memory for that
     * @param memory how many bytes of it may be used
     */
    public record RunSource(Folder folder, String attempt, RunBuffers buffers, long memory) {}

    private final GroupSchema schema;
    private final List<GroupsPartial> partials;

    /** The results of all slices, in whatever order. */
    public GroupResults(GroupSchema schema, List<GroupsPartial> partials) {
        this.schema = schema;
        this.partials = List.copyOf(partials);
    }

    /** All rows, where no partial result has runs. */
    public void write(RowOutput out) {
        List<RunCursor> cursors = inline(RunCursor.Range.all());
        emit(new RunMerge(cursors, new StateSkip(schema), 0), true, out);
    }

    /**
     * The rows of range number {@code range} of {@code ranges}. With {@code top}, those that may be among the first.
     */
    public void write(RunSource source, int range, int ranges, RowOutput out) {
        KeyRanges borders = new KeyRanges(partials, schema.keys(), ranges);
        if (!borders.isThere(range)) {
            return;
        }
        RunCursor.Range keys = new RunCursor.Range(borders.low(range), borders.high(range));
        List<Run> all =
                partials.stream().flatMap(partial -> partial.runs().stream()).toList();
        StateSkip skip = new StateSkip(schema);
        List<RunCursor> cursors = inline(keys);
        try (RunFiles files = files(source, all.size())) {
            if (all.stream().allMatch(Run::sorted)) {
                // What is in ledgers may lie outside of what the runs' samples say.
                int common = cursors.isEmpty() ? borders.common(range) : 0;
                check(all.size(), source.memory());
                all.forEach(run -> cursors.add(files.cursor(run, keys)));
                emit(new RunMerge(cursors, skip, common), range == 0, out);
            } else {
                try (RangeSort sort = new RangeSort(schema, source, range)) {
                    cursors.forEach(cursor -> sort.add(cursor, skip));
                    all.forEach(run -> sort.add(files.cursor(run, keys), skip));
                    emit(sort.sorted(), range == 0, out);
                }
            }
        }
    }

    private static void check(int runs, long memory) {
        if (runs * (long) BYTES_PER_RUN > memory) {
            throw new JobFailure(
                    ExitCode.STORE_LOST,
                    String.format(
                            "spec.memory: merging %,d runs takes %,d bytes, and a worker has %,d for that: allow more",
                            runs, runs * (long) BYTES_PER_RUN, memory));
        }
    }

    /** Half of the memory holds what was read. */
    static RunFiles files(RunSource source, int runs) {
        return new RunFiles(
                source.folder(),
                source.buffers(),
                Math.clamp(source.memory() / 2 / Math.max(1, runs), RunWriter.BLOCK, MOST_AT_ONCE));
    }

    private List<RunCursor> inline(RunCursor.Range range) {
        List<RunCursor> cursors = new ArrayList<>();
        for (GroupsPartial partial : partials) {
            byte[] bytes = Base64.getDecoder().decode(partial.inline());
            if (bytes.length > 0) {
                cursors.add(new RunCursor(new OneBlock(bytes), true, range));
            }
        }
        return cursors;
    }

    private static final class OneBlock implements RunCursor.Blocks {
        private final byte[] bytes;
        private boolean read;

        OneBlock(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean next(ByteList block) {
            if (read) {
                return false;
            }
            read = true;
            block.clear();
            block.put(bytes, 0, bytes.length);
            return true;
        }

        @Override
        public int usualSize() {
            return bytes.length;
        }
    }

    private void emit(SortedRecords records, boolean whole, RowOutput out) {
        GroupStream groups = new GroupStream(schema, records);
        ResultRow row = new ResultRow(schema);
        TopSpec top = schema.spec().top();
        TopRows topRows = top == null ? null : new TopRows(top.limit(), new RowRank(schema, top));
        boolean any = false;
        while (groups.next()) {
            any = true;
            add(groups, row, topRows, out);
        }
        if (!any && whole && schema.spec().keys().isEmpty()) {
            groups.nothing();
            add(groups, row, topRows, out);
        }
        if (topRows != null) {
            for (List<@Nullable String> each : topRows.sorted()) {
                out.add(each, nullText());
            }
        }
        out.flush();
    }

    private static void add(GroupStream groups, ResultRow row, @Nullable TopRows top, RowOutput out) {
        row.of(groups);
        if (row.isWanted()) {
            if (top == null) {
                out.add(row);
            } else {
                top.add(row.fields());
            }
        }
    }

    private byte @Nullable [] nullText() {
        return schema.dialect().hasNull() ? schema.dialect().nullText().getBytes(StandardCharsets.UTF_8) : null;
    }

    /** The first rows by rank of what the ranges have packed: {@code rows} are all of theirs. */
    public void writeTop(List<List<@Nullable String>> rows, RowOutput out) {
        TopSpec top = Objects.requireNonNull(schema.spec().top());
        TopRows best = new TopRows(top.limit(), new RowRank(schema, top));
        rows.forEach(best::add);
        for (List<@Nullable String> row : best.sorted()) {
            out.add(row, nullText());
        }
        out.flush();
    }

    /** The header of the output. */
    public byte[] header() {
        return CsvText.record(schema.spec().outputColumns());
    }
}
