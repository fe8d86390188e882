package io.filejob.operation.ingest;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.ledger.LoadedPartial;
import io.filejob.ledger.PublishedPartial;
import io.filejob.ledger.RefreshedTable;
import io.filejob.ledger.StagedPartial;
import io.filejob.ledger.TablePartitions;
import io.filejob.operation.DescribedResult;
import io.filejob.operation.OperationType;
import io.filejob.plan.Cut;
import io.filejob.plan.Stage;
import io.filejob.spec.SecretReference;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.status.JobResult;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operation {@code ingest}. */
public final class IngestType implements OperationType<IngestSpec> {
    private static final int ENOUGH_SLICES = 32;

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public Class<IngestSpec> settings() {
        return IngestSpec.class;
    }

    @Override
    public Map<String, Class<?>> partials() {
        return Map.of("staged", StagedPartial.class, "loaded", LoadedPartial.class);
    }

    @Override
    public int enoughSlices() {
        return ENOUGH_SLICES;
    }

    /** Each slice of an append is loaded by itself; otherwise each partition is, or all of them at once. */
    @Override
    public int reduceSlices(IngestSpec settings, long bytes, int slices) {
        if (settings.mode() == IngestSpec.Mode.APPEND) {
            return slices;
        }
        return settings.loadsInOneTransaction() ? 1 : TablePartitions.of(bytes);
    }

    @Override
    public int partitions(long bytes) {
        return TablePartitions.of(bytes);
    }

    @Override
    public boolean fits(IngestSpec settings, Cut cut, int slices) {
        if (cut.partitions() < 1 || cut.partitions() > TablePartitions.MAX) {
            return false;
        }
        if (settings.mode() == IngestSpec.Mode.APPEND) {
            return cut.reduceSlices() == slices;
        }
        return cut.reduceSlices() == (settings.loadsInOneTransaction() ? 1 : cut.partitions());
    }

    @Override
    public boolean reducesAlways() {
        return true;
    }

    @Override
    public boolean publishesAlways() {
        return true;
    }

    @Override
    public Map<String, SecretReference> secrets(IngestSpec settings) {
        return Map.of(
                "spec.operation.ingest.database.secret", settings.database().secret());
    }

    @Override
    public boolean leavesData() {
        return true;
    }

    /** Finding the records is fast, loading them is not; staging and merging take about the same time. */
    @Override
    public double reduceEffort(IngestSpec settings) {
        return settings.mode() == IngestSpec.Mode.APPEND ? 4 : 1;
    }

    @Override
    public String describe(IngestSpec settings, Stage.Kind stage) {
        boolean appends = settings.mode() == IngestSpec.Mode.APPEND;
        return switch (stage) {
            case MAP ->
                appends ? "map (read, to see where records begin)" : "map (read; the rows wait in the database)";
            case REDUCE ->
                (appends ? "reduce (read again, and append to " : "reduce (merge into ") + settings.table() + ")";
            case PUBLISH -> "publish (aggregated tables, and the file of bad records)";
        };
    }

    @Override
    public DescribedResult result(FileJobSpec spec, IngestSpec settings, Coverage coverage) {
        LoadedPartial loaded = loaded(coverage);
        StringJoiner counts = new StringJoiner(", ");
        count(counts, loaded.inserted(), "inserted");
        count(counts, loaded.updated(), "updated");
        count(counts, loaded.unchanged(), "unchanged");
        count(counts, loaded.ignored(), "ignored");
        count(counts, loaded.superseded(), "superseded");
        String message = String.format(
                Locale.ROOT,
                "%s into table %s%s of %s%s",
                DescribedResult.rows(coverage),
                settings.table(),
                counts.length() == 0 ? "" : " (" + counts + ")",
                DescribedResult.files(coverage),
                refreshed(settings, coverage));
        return DescribedResult.of(spec, coverage, rows(loaded), message);
    }

    /** Returns the tables of aggregates that the job has rebuilt; an earlier release does not tell their rows. */
    private static String refreshed(IngestSpec settings, Coverage coverage) {
        if (settings.aggregateTables().isEmpty()) {
            return "";
        }
        Stage last = coverage.plan().stages().getLast();
        return coverage.partials(last, PublishedPartial.class).getFirst().first().stream()
                .map(fields -> "; " + RefreshedTable.of(fields).describe())
                .collect(Collectors.joining());
    }

    private static void count(StringJoiner counts, long rows, String what) {
        if (rows > 0) {
            counts.add(String.format(Locale.ROOT, "%,d %s", rows, what));
        }
    }

    @Override
    public @Nullable JobResult unfinished(IngestSpec settings, Coverage coverage) {
        return settings.mode() == IngestSpec.Mode.APPEND ? rows(loaded(coverage)) : null;
    }

    private static LoadedPartial loaded(Coverage coverage) {
        LoadedPartial loaded = LoadedPartial.NONE;
        for (Stage stage : coverage.plan().stages()) {
            if (stage.kind() == Stage.Kind.REDUCE) {
                for (LoadedPartial partial : coverage.partials(stage, LoadedPartial.class)) {
                    loaded = loaded.plus(partial);
                }
            }
        }
        return loaded;
    }

    /** Converts row counts to the form of a status. */
    public static JobResult rows(LoadedPartial loaded) {
        return JobResult.ofRows(
                loaded.inserted(), loaded.updated(), loaded.unchanged(), loaded.ignored(), loaded.superseded());
    }
}
