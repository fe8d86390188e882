package io.filejob.op;

import io.filejob.group.GroupSchema;
import io.filejob.job.FileSlicing;
import io.filejob.job.GeneratedSlicing;
import io.filejob.job.LoadedPartial;
import io.filejob.job.Slicing;
import io.filejob.model.AggregateSpec;
import io.filejob.model.AverageSpec;
import io.filejob.model.ColumnSpec;
import io.filejob.model.FileJobSpec;
import io.filejob.model.GenerateSpec;
import io.filejob.model.IngestSpec;
import io.filejob.model.KeepSpec;
import io.filejob.model.OnBadRecord;
import io.filejob.read.CsvDialect;
import io.filejob.read.OnBad;
import io.filejob.read.RangeReader;
import io.filejob.read.RowReader;
import io.filejob.read.TextFormat;
import io.filejob.storage.KeptFolder;
import io.filejob.storage.Storage;
import io.filejob.table.JobTables;
import io.filejob.table.LoadSetting;
import io.filejob.table.TableLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Selects the code for the operation of a spec. */
public final class Operations {
    /** Maximum size in bytes of one slice's groups in a ledger if there is no folder for partial results. */
    private static final int ONLY_INLINE = 256 << 10;
    /** Maximum size in bytes of all groups in the ledgers of a job if there is no such folder, and no less memory. */
    private static final int ALL_ONLY_INLINE = 32 << 20;

    private Operations() {}

    /** Returns the work on the slices of a job, for one thread. */
    public static SliceWork slices(OperationSetup setup) {
        FileJobSpec spec = setup.spec();
        Publication publication = new Publication(
                spec, setup.places(), setup.partials(), setup.scratch().resolve("sorting"), setup.attempt());
        RejectLog rejects = new RejectLog(setup.partials(), setup.attempt(), spec.rejects() != null);
        return switch (spec.operation().chosen()) {
            case AverageSpec average ->
                switch (setup.plan().slicing()) {
                    case GeneratedSlicing generated ->
                        new GeneratedAverage(
                                generated, publication, setup.scratch(), keep(generated.generate(), setup.places()));
                    case FileSlicing files -> {
                        TextFormat format = format(spec, average);
                        RangeReader reader = new RangeReader(
                                format,
                                onBad(spec),
                                rejects,
                                spec.recordBytes(),
                                InputCheck.check(files, setup.places(), format));
                        yield new FileAverage(
                                new FileSlices(files, setup.places(), new FileAverage.Content(reader), rejects),
                                publication);
                    }
                };
            case AggregateSpec aggregate -> {
                GroupSchema schema = schema(spec, aggregate);
                FileAggregate.Setting setting = new FileAggregate.Setting(
                        schema, spec.memoryBytes(), setup.partials(), setup.attempt(), spec.output() != null);
                FileSlicing files = (FileSlicing) setup.plan().slicing();
                yield new FileAggregate(
                        setting,
                        () -> {
                            RowReader reader = new RowReader(
                                    schema.dialect(),
                                    schema.columns(),
                                    onBad(spec),
                                    rejects,
                                    spec.recordBytes(),
                                    new SameHeaders(files, setup.places(), schema.dialect()));
                            return new FileSlices(
                                    files,
                                    setup.places(),
                                    new FileAggregate.Content(setting, reader, inlineLimit(setup)),
                                    rejects);
                        },
                        publication);
            }
            case IngestSpec ingest -> {
                FileSlicing files = (FileSlicing) setup.plan().slicing();
                int partitions = setup.plan().fingerprint().cut().partitions();
                LoadSetting loading = load(spec, ingest, files, setup.places(), setup.job(), partitions);
                TableLoad load = new TableLoad(loading, setup.places().secrets(), setup.scratch());
                FileIngest.Setting setting =
                        new FileIngest.Setting(ingest, load, files, setup.places(), loading.partitions());
                FileIngest.Content content = new FileIngest.Content(
                        new RowReader(
                                loading.dialect(),
                                loading.inputColumns(),
                                onBad(spec),
                                rejects,
                                spec.recordBytes(),
                                new SameHeaders(files, setup.places(), loading.dialect())),
                        load.position());
                yield new FileIngest(
                        setting, new FileSlices(files, setup.places(), content, rejects), content, publication);
            }
        };
    }

    private static int inlineLimit(OperationSetup setup) {
        if (setup.inlineBytes() != null) {
            return setup.inlineBytes();
        }
        if (setup.partials() == null) {
            int slices = Math.max(1, setup.plan().slicing().slices());
            long all = Math.min(ALL_ONLY_INLINE, setup.spec().memoryBytes());
            return (int) Math.min(ONLY_INLINE, all / slices);
        }
        return setup.plan().fingerprint().cut().inlineBytes();
    }

    /**
     * Checks the input, and the table of an ingest, before any work; throws {@link io.filejob.model.JobFailedException} if they
     * are not usable.
     */
    public static void check(FileJobSpec spec, Slicing slicing, Storage places, Path scratch) {
        if (slicing instanceof FileSlicing files) {
            switch (spec.operation().chosen()) {
                case AverageSpec average -> InputCheck.headers(files, places, format(spec, average));
                case AggregateSpec aggregate -> InputCheck.headers(files, places, schema(spec, aggregate));
                case IngestSpec ingest -> {
                    LoadSetting loading = load(spec, ingest, files, places, "", 1);
                    InputCheck.headers(files, places, loading.dialect(), loading.inputColumns());
                    try (TableLoad load = new TableLoad(loading, places.secrets(), scratch)) {
                        load.check();
                    }
                }
            }
        }
    }

    /**
     * Removes the data of the failed {@code job} from the database, except the record of the rows that it has
     * committed.
     */
    public static void abandon(FileJobSpec spec, String job, Storage places, Path scratch) {
        if (spec.operation().chosen() instanceof IngestSpec ingest) {
            LoadSetting loading = new LoadSetting(ingest, List.of(), dialect(spec), job, 1);
            try (TableLoad load = new TableLoad(loading, places.secrets(), scratch)) {
                load.abandon();
            }
        }
    }

    /**
     * Removes the internal data of {@code job}, whether or not it has ended, from the database: staging tables, and its
     * rows in the ledger table. Returns a description of the removed data, or an empty text.
     */
    public static String cleanUp(FileJobSpec spec, String job, Storage places, Path scratch) {
        if (!(spec.operation().chosen() instanceof IngestSpec ingest)) {
            return "";
        }
        try (JobTables tables = new JobTables(ingest.database(), ingest.table(), job, places.secrets(), scratch)) {
            JobTables.Removed removed = tables.remove();
            return removed.equals(JobTables.Removed.NOTHING)
                    ? ""
                    : removed.tables() + " staging tables and sequences, " + removed.rows() + " rows of the ledger";
        }
    }

    /**
     * Returns the rows that {@code job} has committed in append mode; an empty result in other modes, or if they cannot
     * be determined quickly.
     */
    public static Optional<LoadedPartial> committed(FileJobSpec spec, String job, Storage places, Path scratch) {
        if (!(spec.operation().chosen() instanceof IngestSpec ingest) || ingest.mode() != IngestSpec.Mode.APPEND) {
            return Optional.empty();
        }
        try (JobTables tables = new JobTables(ingest.database(), ingest.table(), job, places.secrets(), scratch)) {
            return tables.committed();
        }
    }

    /** Removes data as {@link #cleanUp} does, at the end of a run; data that cannot be removed quickly stays. */
    public static void cleanUpIfEasy(FileJobSpec spec, String job, Storage places, Path scratch) {
        if (spec.operation().chosen() instanceof IngestSpec ingest) {
            try (JobTables tables = new JobTables(ingest.database(), ingest.table(), job, places.secrets(), scratch)) {
                tables.removeIfEasy();
            }
        }
    }

    /** Rebuilds the aggregated tables of an ingest without loading any rows. */
    public static void refresh(FileJobSpec spec, IngestSpec ingest, Storage places, Path scratch) {
        LoadSetting loading = new LoadSetting(ingest, List.of(), dialect(spec), "", 1);
        try (TableLoad load = new TableLoad(loading, places.secrets(), scratch)) {
            load.aggregate(true);
        }
    }

    /** Returns the settings for reading and loading the rows of an ingest. */
    private static LoadSetting load(
            FileJobSpec spec, IngestSpec ingest, FileSlicing files, Storage places, String job, int partitions) {
        CsvDialect dialect = dialect(spec);
        List<ColumnSpec> columns = ingest.columns() != null
                ? ingest.columns()
                : InputCheck.columns(files, places, dialect).stream()
                        .map(name -> new ColumnSpec(name, name, null))
                        .toList();
        return new LoadSetting(
                ingest, columns, dialect, job, ingest.keyColumns().isEmpty() ? 1 : partitions);
    }

    private static CsvDialect dialect(FileJobSpec spec) {
        return Dialects.of(Objects.requireNonNull(
                Objects.requireNonNull(spec.input().format()).csv()));
    }

    /** Returns the schema for reading and grouping the rows of an aggregation. */
    public static GroupSchema schema(FileJobSpec spec, AggregateSpec aggregate) {
        return new GroupSchema(aggregate, dialect(spec));
    }

    private static @Nullable KeptFolder keep(GenerateSpec generate, Storage places) {
        KeepSpec keep = generate.keep();
        return keep == null ? null : places.keepFolder(keep.uri());
    }

    private static OnBad onBad(FileJobSpec spec) {
        return spec.onBadRecord() == OnBadRecord.SKIP ? OnBad.SKIP : OnBad.FAIL;
    }

    private static TextFormat format(FileJobSpec spec, AverageSpec average) {
        var csv = Objects.requireNonNull(spec.input().format()).csv();
        return csv == null
                ? new TextFormat.Lines()
                : new TextFormat.Csv(Dialects.of(csv), Objects.requireNonNull(average.column()));
    }
}
