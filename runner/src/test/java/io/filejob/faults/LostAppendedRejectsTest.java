package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of bad records that are lost after their slices have been appended, which cannot be appended again. */
final class LostAppendedRejectsTest {
    private static final int ROWS = 4000;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private final TestDatabase database = PostgresServer.shared().database();

    /** The refused row is found by the server only, the malformed ones by the reader. */
    @ParameterizedTest
    @CsvSource({"integer CHECK (price <> 1207), '-careful-'", "integer PRIMARY KEY, ''", "integer, ''"})
    void areWrittenAgain(String type, String careful) throws IOException {
        String expected = rejectsOfAnUndisturbedRun(type);
        List<List<@Nullable String>> rows = failAtTheEnd(type);
        List<Path> files = rejects();
        assertThat(files).hasSizeGreaterThan(3).anySatisfy(file -> assertThat("-" + file.getFileName())
                .contains(careful));
        for (Path file : files.subList(1, files.size())) {
            Files.delete(file);
        }
        Files.write(files.getFirst(), new byte[3]);

        mendTheEnd();
        run("store").with(0);

        assertThat(bench.path("rejects.csv")).hasContent(expected);
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void areNamedIfTheServerWouldRefuseOtherRowsNow() throws IOException {
        String type = "integer PRIMARY KEY CHECK (price <> 1207)";
        rejectsOfAnUndisturbedRun(type);
        List<List<@Nullable String>> rows = failAtTheEnd(type);
        Path file = rejects().stream()
                .filter(each -> each.getFileName().toString().startsWith("careful"))
                .findFirst()
                .orElseThrow();
        Files.delete(file);

        mendTheEnd();

        assertThat(run("store").with(74).err()).contains(file.getFileName().toString(), "appended");
        assertThat(rows()).isEqualTo(rows);
    }

    private String rejectsOfAnUndisturbedRun(String type) throws IOException {
        StringBuilder input = new StringBuilder("price\n");
        for (int row = 0; row < ROWS; row++) {
            input.append(row).append(row % 500 == 3 ? ",too many fields\n" : "\n");
        }
        bench.write("in.csv", input.toString());
        bench.manifest("job.yaml", """
                workers: 2, input: {files: [in.csv], sliceBytes: 4Ki}, onBadRecord: skip, rejects: {uri: rejects.csv},
                operation: {ingest: {database: {secret: {name: db}}, table: prices, mode: append,
                aggregates: [{table: number, groupBy: [price], measures: [{function: count, as: prices}]}]}}""");
        database.execute(
                "CREATE TABLE prices (price %s)".formatted(type), "CREATE TABLE number (price integer, prices bigint)");
        run("undisturbed").with(0);
        return Files.readString(bench.path("rejects.csv"));
    }

    /** Runs the job in empty tables until its last step fails; returns the rows that it has appended. */
    private List<List<@Nullable String>> failAtTheEnd(String type) throws IOException {
        Files.delete(bench.path("rejects.csv"));
        database.execute(
                "DROP TABLE prices, number",
                "DROP TABLE filejob_ledger",
                "CREATE TABLE prices (price %s)".formatted(type),
                "CREATE TABLE number (price integer, prices bigint CHECK (prices < 0))");
        run("store").with(65);
        assertThat(rows()).hasSizeGreaterThan(ROWS - 10);
        return rows();
    }

    private void mendTheEnd() {
        database.execute("ALTER TABLE number DROP CONSTRAINT number_prices_check");
    }

    private List<List<@Nullable String>> rows() {
        return database.query("SELECT xmin, * FROM prices").rows();
    }

    private List<Path> rejects() {
        Path partials = bench.path("store/partials");
        return Workbench.names(partials).stream()
                .filter(name -> name.endsWith("-rejects"))
                .map(partials::resolve)
                .toList();
    }

    private FilejobProcess.End run(String store) {
        return bench.run(
                "run",
                "-q",
                "--secret",
                "db=" + database.secret(bench.path("db")),
                "--store",
                bench.path(store),
                bench.path("job.yaml"));
    }
}
