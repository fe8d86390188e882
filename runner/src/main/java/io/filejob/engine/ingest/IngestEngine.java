package io.filejob.engine.ingest;

import io.filejob.api.FileJobSpec;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldSyntax;
import io.filejob.csv.RowReader;
import io.filejob.engine.ExternalData;
import io.filejob.engine.FileSlices;
import io.filejob.engine.InputCheck;
import io.filejob.engine.OperationEngine;
import io.filejob.engine.OperationSetup;
import io.filejob.engine.Publication;
import io.filejob.engine.RejectLog;
import io.filejob.engine.SameHeaders;
import io.filejob.engine.SliceWork;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.RefreshedTable;
import io.filejob.plan.FileSlicing;
import io.filejob.postgres.LoadSetting;
import io.filejob.postgres.TableLoad;
import io.filejob.spec.ColumnSpec;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The operation {@code ingest}. */
public final class IngestEngine implements OperationEngine<IngestSpec> {
    @Override
    public Class<IngestSpec> settings() {
        return IngestSpec.class;
    }

    @Override
    public SliceWork slices(IngestSpec settings, OperationSetup setup) {
        FileJobSpec spec = setup.spec();
        FileSlicing files = (FileSlicing) setup.plan().slicing();
        int partitions = setup.plan().fingerprint().cut().partitions();
        LoadSetting loading = loading(settings, spec, files, setup.storage(), setup.job(), partitions);
        TableLoad load = new TableLoad(loading, setup.storage().secrets(), setup.scratch());
        FileIngest.IngestSetting setting = new FileIngest.IngestSetting(
                settings, load, files, setup.storage(), setup.partials(), loading.partitions());
        RejectLog rejects = RejectLog.of(setup);
        FileIngest.IngestContent content = new FileIngest.IngestContent(
                new RowReader(
                        loading.dialect(),
                        loading.inputColumns(),
                        setup.onBad(),
                        rejects,
                        spec.recordBytes(),
                        new SameHeaders(files, setup.storage(), loading.dialect()),
                        FieldSyntax.ofNumbers(loading.numbers())),
                load.position());
        return new FileIngest(setting, new FileSlices(files, setup, content, rejects), content, Publication.of(setup));
    }

    @Override
    public void check(IngestSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        LoadSetting loading = loading(settings, spec, files, storage, "", 1);
        InputCheck.headers(files, storage, loading.dialect(), loading.inputColumns());
        try (TableLoad load = new TableLoad(loading, storage.secrets(), scratch)) {
            load.check();
        }
    }

    @Override
    public void checkInput(IngestSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, Path scratch) {
        LoadSetting loading = loading(settings, spec, files, storage, "", 1);
        InputCheck.headers(files, storage, loading.dialect(), loading.inputColumns());
    }

    @Override
    public ExternalData data(IngestSpec settings, FileJobSpec spec, String job, Storage storage, Path scratch) {
        return new LoadedData(settings, dialect(spec), job, storage.secrets(), scratch);
    }

    @Override
    public List<RefreshedTable> refresh(IngestSpec settings, FileJobSpec spec, Storage storage, Path scratch) {
        if (settings.aggregateTables().isEmpty()) {
            throw new JobFailedException(ExitCode.BAD_MANIFEST, NOTHING_TO_REFRESH);
        }
        LoadSetting loading = new LoadSetting(settings, List.of(), dialect(spec), "", 1);
        try (TableLoad load = new TableLoad(loading, storage.secrets(), scratch)) {
            return load.aggregate(true);
        }
    }

    /** Returns the settings for reading and loading the rows. */
    private static LoadSetting loading(
            IngestSpec settings, FileJobSpec spec, FileSlicing files, Storage storage, String job, int partitions) {
        CsvDialect dialect = dialect(spec);
        List<ColumnSpec> columns = settings.columns() != null
                ? settings.columns()
                : InputCheck.columns(files, storage, dialect).stream()
                        .map(name -> new ColumnSpec(name, name, null))
                        .toList();
        return new LoadSetting(
                settings, columns, dialect, job, settings.keyColumns().isEmpty() ? 1 : partitions);
    }

    private static CsvDialect dialect(FileJobSpec spec) {
        return CsvDialect.of(Objects.requireNonNull(
                Objects.requireNonNull(spec.input().format()).csv()));
    }
}
