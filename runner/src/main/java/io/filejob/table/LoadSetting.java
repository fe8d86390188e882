package io.filejob.table;

import io.filejob.model.ColumnSpec;
import io.filejob.model.ExitCode;
import io.filejob.model.IngestSpec;
import io.filejob.model.JobFailure;
import io.filejob.read.CsvDialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is loaded.
 *
 * @param spec as the user has it
 * @param columns of the input and of the table, {@code spec}'s or, where that has none, those of the header
 * @param dialect of the input
 * @param job names the job, unlike any other
 * @param partitions by how many tables the waiting rows are divided, those of one key into one; 1 without keys
 */
public record LoadSetting(IngestSpec spec, List<ColumnSpec> columns, CsvDialect dialect, String job, int partitions) {
    /** Copies the columns. */
    public LoadSetting {
        columns = List.copyOf(columns);
    }

    /** The input's columns, as readers are asked for them. */
    public List<String> inputColumns() {
        return columns.stream().map(ColumnSpec::from).toList();
    }

    private List<Integer> keys() {
        return IntStream.range(0, columns.size())
                .filter(i -> spec.keyColumns().contains(columns.get(i).target()))
                .boxed()
                .toList();
    }

    /** The prefix of the names of the job's own tables. */
    String prefix() {
        return prefix(job);
    }

    /** As {@link #prefix()}, for any job. */
    static String prefix(String job) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(job.getBytes(StandardCharsets.UTF_8));
            return "filejob_" + HexFormat.of().formatHex(digest, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Looks at the rows. */
    RowCheck check() {
        return new RowCheck(dialect, columns.size(), keys());
    }

    /** {@code database} is what people call the database. */
    JobFailure noTable(String database) {
        return new JobFailure(
                ExitCode.BAD_MANIFEST,
                "spec.operation.ingest.table: there is no table " + spec.table() + " in the database " + database
                        + ": create it, or set createTable");
    }
}
