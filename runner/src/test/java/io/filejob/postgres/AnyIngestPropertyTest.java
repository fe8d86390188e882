package io.filejob.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.aggregate.ByteText;
import io.filejob.aggregate.QuickFolder;
import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalRun;
import io.filejob.status.JobResult;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For any dialect, files, mode, slices and W, the table, the result and the rejects equal those of the oracle. */
@Timeout(600)
final class AnyIngestPropertyTest {
    /** Number of cases; more are drawn with {@code -Dfilejob.ingest.cases=...}. */
    private static final int CASES = Integer.getInteger("filejob.ingest.cases", 60);

    private static final long FIRST = Long.getLong("filejob.ingest.first", 0);

    /** A case with mode append in which the reader rejects rows of a slice, and the server others. */
    private static final long APPEND_WITH_REFUSED_ROWS = 9;

    private static final int SAME = 40;

    /** Limits the run time; more slices would not cover more cases. */
    private static final int MAX_SLICES = 40;

    @RegisterExtension
    final QuickFolder folder = new QuickFolder();

    private final TestDatabase database = PostgresServer.shared().database();

    @Test
    void isWhatTheOracleSays() throws Exception {
        for (long seed = FIRST; seed < FIRST + CASES; seed++) {
            check(seed, "case" + seed);
        }
    }

    /** A slice with a row that the server refuses is read twice, also by workers that take it at the same time. */
    @Test
    void rowsReadAgainByOneWorkerLeaveTheBadRecordsOfOthers() throws Exception {
        for (int i = 0; i < SAME; i++) {
            check(APPEND_WITH_REFUSED_ROWS, "again" + i);
        }
    }

    private void check(long seed, String name) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RandomIngest ingest = new RandomIngest(random);
        IngestRun run = new IngestRun(Files.createDirectory(folder.path().resolve(name)), database);
        int bytes = 0;
        for (int i = 0; i < ingest.files.size(); i++) {
            byte[] file = ByteText.bytes(ingest.files.get(i));
            run.file(name(i), file);
            bytes += file.length;
        }
        String spec = ingest.ingest();
        int least = 1 + bytes / MAX_SLICES;
        int[] workers = {1, 2 + random.nextInt(4)};
        long[] slices = {least + random.nextInt(60), least + random.nextInt(bytes + 10)};
        ProductOracle oracle = null;
        for (int i = 0; i < workers.length; i++) {
            FileJob job = run.job(ingest.csv(), spec, IngestRun.SKIPPING, Long.toString(slices[i]))
                    .withWorkers(workers[i]);
            oracle = oracle == null ? read(job, run, ingest) : oracle;
            String where = "seed " + seed + ", " + spec + ", slices of " + slices[i] + " bytes, W=" + workers[i]
                    + ", of\n" + ingest.describe();
            check(run, job, oracle, ingest, where);
        }
    }

    private static String name(int file) {
        return "f" + file + ".csv";
    }

    private static ProductOracle read(FileJob job, IngestRun run, RandomIngest ingest) {
        ProductOracle oracle = new ProductOracle(job);
        for (int i = 0; i < ingest.files.size(); i++) {
            oracle.read(run.path(name(i)).toString(), ByteText.bytes(ingest.files.get(i)));
        }
        return oracle;
    }

    private void check(IngestRun run, FileJob job, ProductOracle oracle, RandomIngest ingest, String where)
            throws IOException, SQLException {
        prepare(ingest);
        IngestOracle.Expected expected = oracle.expected(ingest.before);
        LocalRun.RunOutcome outcome = run.outcome(job);
        JobFailedException failure = outcome.failure();
        Path rejects = run.path(IngestRun.REJECTS);
        if (expected.result() == null) {
            assertThat(failure).as(where).isNotNull();
            assertThat(Objects.requireNonNull(failure).exitCode()).as(where).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(failure.getMessage()).as(where).contains(oracle.failure(ingest.before));
            assertThat(rejects).as(where).doesNotExist();
        } else {
            if (failure != null) {
                throw new AssertionError(where, failure);
            }
            JobResult result = Objects.requireNonNull(outcome.status().result());
            assertThat(result).as(where).isEqualTo(expected.result().digested());
            assertThat(outcome.status().rows()).as(where).isEqualTo(oracle.rows());
            assertThat(Files.readString(rejects, ISO_8859_1)).as(where).isEqualTo(oracle.rejects());
            Files.delete(rejects);
        }
        assertThat(database.query("SELECT sku, name, description, price FROM products"))
                .as(where)
                .isEqualTo(expected.table());
        assertThat(run.leftovers()).as(where).isEmpty();
    }

    private void prepare(RandomIngest ingest) throws SQLException {
        database.execute(
                "DROP TABLE IF EXISTS products",
                "CREATE TABLE products (description text, price integer, name text, sku text"
                        + (ingest.keys.isEmpty() ? "" : ", PRIMARY KEY (" + String.join(", ", ingest.keys) + ")")
                        + ")");
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO products (sku, name, description, price) VALUES (?, ?, ?, ?::integer)")) {
            for (List<@Nullable String> row : ingest.before) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setString(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
