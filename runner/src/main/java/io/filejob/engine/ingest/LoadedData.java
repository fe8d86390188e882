package io.filejob.engine.ingest;

import io.filejob.csv.CsvDialect;
import io.filejob.engine.ExternalData;
import io.filejob.operation.ingest.IngestType;
import io.filejob.postgres.JobTables;
import io.filejob.postgres.LoadSetting;
import io.filejob.postgres.TableLoad;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.storage.local.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data of an ingest in the database: committed rows, staging tables, and rows of the ledger table. */
final class LoadedData implements ExternalData {
    private final IngestSpec settings;
    private final CsvDialect dialect;
    private final String job;
    private final Secrets secrets;
    private final Path scratch;

    LoadedData(IngestSpec settings, CsvDialect dialect, String job, Secrets secrets, Path scratch) {
        this.settings = settings;
        this.dialect = dialect;
        this.job = job;
        this.secrets = secrets;
        this.scratch = scratch;
    }

    private JobTables tables() {
        return new JobTables(settings.database(), settings.table(), job, secrets, scratch);
    }

    @Override
    public Optional<Committed> committed() {
        if (settings.mode() != IngestSpec.Mode.APPEND) {
            return Optional.empty();
        }
        try (JobTables tables = tables()) {
            return tables.committed().map(loaded -> new Committed(loaded.inserted(), IngestType.rows(loaded)));
        }
    }

    @Override
    public void abandon() {
        LoadSetting loading = new LoadSetting(settings, List.of(), dialect, job, 1);
        try (TableLoad load = new TableLoad(loading, secrets, scratch)) {
            load.abandon();
        }
    }

    @Override
    public String remove() {
        try (JobTables tables = tables()) {
            JobTables.Removed removed = tables.remove();
            return removed.equals(JobTables.Removed.NOTHING)
                    ? ""
                    : "from the database: " + removed.tables() + " staging tables and sequences, " + removed.rows()
                            + " rows of the ledger";
        }
    }

    @Override
    public void removeIfEasy() {
        try (JobTables tables = tables()) {
            tables.removeIfEasy();
        }
    }
}
