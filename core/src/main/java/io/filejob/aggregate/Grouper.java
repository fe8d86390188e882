package io.filejob.aggregate;

import io.filejob.bytes.ByteList;
import io.filejob.csv.Batch;
import io.filejob.csv.FastPath;
import io.filejob.csv.FieldText;
import io.filejob.csv.InputPosition;
import io.filejob.csv.RowConsumer;
import io.filejob.group.GroupSchema;
import io.filejob.group.KeyFormat;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.InlineGroups;
import io.filejob.measure.Accumulator;
import io.filejob.measure.DecimalColumn;
import io.filejob.measure.NumberState;
import io.filejob.measure.Selection;
import io.filejob.measure.TextCheck;
import io.filejob.spec.ComparisonSpec;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import io.filejob.spill.MemoryShare;
import io.filejob.spill.RowBuckets;
import io.filejob.spill.SpillSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Groups the rows of a slice. Groups that do not fit into memory are written as sorted runs. Equal rows yield the same
 * partial result, byte for byte, on every worker.
 */
public final class Grouper implements RowConsumer, SimpleRowFastPath.RowGroups {
    /** Number of rows of a slice after which the proportion of distinct keys is estimated. */
    private static final int TRIAL_ROWS = 1 << 14;
    /**
     * If fewer than one in this many rows had a known key, there are about a million keys or more (the number of rows
     * squared, divided by twice the number of pairs of equal keys), and lookups do not pay off.
     */
    private static final int SELDOM = 100;

    /** Limit in bytes for the groups held in memory while lookups are switched off. */
    private static final long APPENDED = 1 << 20;

    private static final Batch NO_BATCH = Batch.none();

    private final KeyFormat format;
    private final long memory;
    private final int inlineLimit;
    private final InputPosition position = new InputPosition();
    private final FieldLengths lengths;
    private final List<RowFilter> filters = new ArrayList<>();
    private final List<TextCheck> checks = new ArrayList<>();
    private final List<DecimalColumn> decimals;
    private final List<Accumulator> accumulators;
    private final List<DistinctKeys> distincts = new ArrayList<>();
    private final GroupTable table;
    private final KeyFinder keys;
    private final SortedGroups sorted;
    private final Selection selection = new Selection();
    private final SliceRuns runs;
    private final long bytesPerGroup;
    private final @Nullable SimpleRowFastPath plainScan;
    private int[] groups = {};
    private long rowsOfSlice;
    /** Whether lookups are switched off for the rest of the slice. */
    private boolean appending;

    /**
     * Creates a grouper.
     *
     * @param memory memory for groups in bytes
     * @param inlineLimit maximum size in bytes of groups that are returned without a run
     */
    public Grouper(GroupSchema schema, long memory, int inlineLimit) {
        MemoryShare share = MemoryShare.of(schema, memory);
        this.format = schema.keys();
        this.memory = share.table();
        int longest = share.longestText();
        this.lengths =
                new FieldLengths(longest, format.columns(), schema.columns().size());
        this.inlineLimit = inlineLimit;
        for (ComparisonSpec filter : schema.spec().rowFilters()) {
            filters.add(new RowFilter(filter, schema.dialect(), schema.index(filter), longest));
        }
        Map<Integer, DecimalColumn> byIndex = schema.decimalColumns();
        this.decimals = List.copyOf(byIndex.values());
        this.accumulators = schema.accumulators(byIndex, position);
        this.table = new GroupTable(schema.dialect().delimiter(), this.memory);
        this.keys = new KeyFinder(format, schema, table);
        this.sorted = new SortedGroups(table, format, accumulators);
        this.runs = new SliceRuns(sorted, this.memory, inlineLimit);
        this.bytesPerGroup =
                accumulators.stream().mapToLong(Accumulator::bytesPerGroup).sum();
        checks(schema, byIndex.keySet());
        for (int i = 0; i < schema.spec().measures().size(); i++) {
            MeasureSpec measure = schema.spec().measures().get(i);
            if (measure.function() == MeasureFunction.COUNT_DISTINCT && measure.column() != null) {
                distincts.add(new DistinctKeys(
                        i, schema.index(measure), measure.valueType(), new FieldText(schema.dialect())));
            }
        }
        this.plainScan = plainScan(schema);
    }

    /** Returns a fast path if there are only keys and a single number, else null. */
    private @Nullable SimpleRowFastPath plainScan(GroupSchema schema) {
        int keyCount = format.columns();
        List<NumberState> states = accumulators.stream()
                .filter(NumberState.class::isInstance)
                .map(NumberState.class::cast)
                .toList();
        boolean simple = format.isPlain()
                && keyCount > 0
                && filters.isEmpty()
                && checks.isEmpty()
                && states.size() == accumulators.size()
                && decimals.size() == 1
                && decimals.getFirst().column() == keyCount;
        if (!simple) {
            return null;
        }
        SimpleRowFastPath.Fill fill = new SimpleRowFastPath.Fill(keyCount, table, decimals.getFirst(), states);
        return new SimpleRowFastPath(schema.dialect(), fill, this);
    }

    @Override
    public int[] groups(int count) {
        if (groups.length < count) {
            groups = new int[count];
        }
        return groups;
    }

    private void checks(GroupSchema schema, Set<Integer> numbers) {
        for (int i = 0; i < schema.spec().keys().size(); i++) {
            if (schema.spec().timestamp(schema.spec().keys().get(i)).isPresent()) {
                checks.add(TextCheck.ofTimestamps(schema.dialect(), i));
            }
        }
        Map<Integer, Boolean> dates = new TreeMap<>();
        for (MeasureSpec measure : schema.spec().measures()) {
            boolean date = measure.valueType() == ValueType.DATE;
            // Decimal columns are always valid text.
            if (measure.column() != null && (date || !numbers.contains(schema.index(measure)))) {
                dates.merge(schema.index(measure), date, Boolean::logicalOr);
            }
        }
        dates.forEach((index, date) ->
                checks.add(new TextCheck(schema.dialect(), index, date ? ValueType.DATE : ValueType.STRING)));
        for (ComparisonSpec filter : schema.spec().groupFilters()) {
            // Keys compared as numbers or dates after all rows were read must be valid in each row.
            if (filter.type() != null
                    && filter.type() != ValueType.STRING
                    && schema.spec().keys().contains(filter.column())) {
                checks.add(
                        new TextCheck(schema.dialect(), schema.spec().keys().indexOf(filter.column()), filter.type()));
            }
        }
    }

    /** Returns the position in the input, to be kept up to date by the caller. */
    public InputPosition position() {
        return position;
    }

    /** Discards unfinished runs. */
    public void giveUp() {
        runs.giveUp();
    }

    /** Discards all state and begins a slice with runs in {@code target}. */
    public RowConsumer begin(SpillSink target) {
        runs.begin(target);
        table.clear();
        accumulators.forEach(Accumulator::clear);
        decimals.forEach(DecimalColumn::clear);
        rowsOfSlice = 0;
        appending = false;
        return this;
    }

    private long bytes() {
        long bytes = table.memory() + table.size * bytesPerGroup;
        for (Accumulator accumulator : accumulators) {
            bytes += accumulator.heldBytes();
        }
        return bytes;
    }

    @Override
    public void use(Batch batch) {
        selection.all(batch);
        for (RowFilter filter : filters) {
            filter.keep(batch, selection);
        }
        lengths.check(batch, selection);
        for (DecimalColumn column : decimals) {
            column.read(batch, selection);
        }
        for (TextCheck check : checks) {
            check.check(batch, selection);
        }
        keys.find(batch, selection, groups(batch.rows));
        for (DistinctKeys distinct : distincts) {
            distinct.add(batch, selection, groups, table, keys);
        }
        for (Accumulator accumulator : accumulators) {
            accumulator.reserve(table.size);
            accumulator.add(batch, selection, groups);
        }
        added(selection.count);
    }

    @Override
    public Optional<FastPath> plain(int columns, int[] wanted) {
        return plainScan != null && plainScan.fits(columns, wanted) ? Optional.of(plainScan) : Optional.empty();
    }

    /** Adds rows with their groups and values already stored. */
    @Override
    public void add(int rows) {
        selection.plain(rows);
        for (Accumulator accumulator : accumulators) {
            accumulator.reserve(table.size);
            accumulator.add(NO_BATCH, selection, groups);
        }
        added(rows);
    }

    private void added(int rows) {
        long before = rowsOfSlice;
        rowsOfSlice += rows;
        if (before < TRIAL_ROWS
                && rowsOfSlice >= TRIAL_ROWS
                && distincts.isEmpty()
                && runs.isEmpty()
                && SELDOM * (rowsOfSlice - table.count()) < rowsOfSlice) {
            // Rows are now written into key ranges with boundaries taken from the keys so far.
            runs.divide();
            appending = true;
            spill();
        }
        if (bytes() > (appending ? Math.min(memory, APPENDED) : memory)) {
            spill();
        }
    }

    @Override
    public void appended(int rows) {
        rowsOfSlice += rows;
    }

    @Override
    public @Nullable RowBuckets buckets() {
        return appending ? runs.buckets() : null;
    }

    private void spill() {
        runs.write();
        table.clear();
        accumulators.forEach(Accumulator::clear);
        if (appending) {
            table.append();
        }
    }

    /** Returns the partial result of the slice. */
    public GroupsPartial finish() {
        if (runs.isEmpty() && table.memory() <= 16L * inlineLimit) {
            ByteList all = new ByteList(1 << 12);
            sorted.write((bytes, from, length) -> {
                all.putVarint(length);
                all.put(bytes, from, from + length);
                return all;
            });
            if (all.size <= inlineLimit) {
                return new GroupsPartial(InlineGroups.of(all.array, all.size), List.of());
            }
        }
        if (table.size > 1) {
            spill();
        }
        return new GroupsPartial(InlineGroups.NONE, runs.finish());
    }
}
