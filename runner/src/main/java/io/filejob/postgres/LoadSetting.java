package io.filejob.postgres;

import io.filejob.csv.CsvDialect;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.security.Sha256;
import io.filejob.spec.ColumnSpec;
import io.filejob.spec.ingest.IngestSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a load.
 *
 * @param spec the user's spec
 * @param columns columns of the input and the table: those of {@code spec}, or if it lists none, those of the header
 * @param dialect dialect of the input
 * @param job unique name of the job
 * @param partitions number of staging tables among which rows are divided, with equal keys in the same table; 1 without
 *     keys
 */
public record LoadSetting(IngestSpec spec, List<ColumnSpec> columns, CsvDialect dialect, String job, int partitions) {
    /** PostgreSQL's types of numbers. */
    private static final String NUMBER =
            "(?i)(pg_catalog[.])?(smallint|integer|int|int[248]|bigint|numeric|decimal|dec|real|double precision|float|float[48])( ?[(].*)?";

    /** Copies the columns. */
    public LoadSetting {
        columns = List.copyOf(columns);
    }

    /** Returns the input's columns in the form that readers expect. */
    public List<String> inputColumns() {
        return columns.stream().map(ColumnSpec::from).toList();
    }

    /** Returns the indexes of the columns whose type in the spec is one of numbers. */
    public Set<Integer> numbers() {
        return IntStream.range(0, columns.size())
                .filter(i -> isNumber(columns.get(i).type()))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isNumber(@Nullable String type) {
        return type != null && type.matches(NUMBER);
    }

    private List<Integer> keys() {
        return IntStream.range(0, columns.size())
                .filter(i -> spec.keyColumns().contains(columns.get(i).target()))
                .boxed()
                .toList();
    }

    /** Returns the prefix of the names of the job's own tables. */
    String prefix() {
        return prefix(job);
    }

    /** Returns the prefix for any job, see {@link #prefix()}. */
    static String prefix(String job) {
        return "filejob_" + new Sha256().update(job).hex(Long.BYTES);
    }

    /** Returns a new check for rows of this load. */
    RowCheck check() {
        return new RowCheck(dialect, columns.size(), keys());
    }

    /** Returns the failure for a missing table; {@code database} describes the database in messages. */
    JobFailedException noTable(String database) {
        return new JobFailedException(
                ExitCode.BAD_MANIFEST,
                "spec.operation.ingest.table: there is no table " + spec.table() + " in the database " + database
                        + ": create it, or set createTable");
    }
}
