package io.filejob.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.FileJobStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Aggregate tables match the rows of the table after a load, or after a refresh on request. */
@Timeout(180)
final class AggregatedTablesTest {
    private static final String MEASURES =
            "measures: [{function: count, as: rows}, {function: count, column: n, as: values},"
                    + " {function: sum, column: n}, {function: min, column: n}, {function: max, column: n},"
                    + " {function: avg, column: n, as: average}, {function: countDistinct, column: n, as: different}]";
    private static final String MADE = "table: t, keys: [k], createTable: true,"
            + " columns: [{from: k}, {from: name}, {from: n, type: integer}], aggregates: [{table: by_name,"
            + " groupBy: [name], " + MEASURES + "%s}]";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.file("a.csv", "k,name,n\n1,x,4\n2,x,4\n3,x,\n4,y,1\n");
    }

    private List<?> aggregated() {
        return run.database
                .query("SELECT name, rows, values, \"sum(n)\", \"min(n)\", \"max(n)\", round(average, 2), different"
                        + " FROM by_name")
                .rows();
    }

    @Test
    void areMadeAndMadeAnew() {
        FileJobStatus status = run.completes(run.job("nullText: \"\"", MADE.formatted(""), "", "40"));
        assertThat(status.message())
                .isEqualTo("4 rows into table t (4 inserted) of 1 file; by_name: refreshed, 2 rows");
        assertThat(aggregated())
                .isEqualTo(List.of(
                        List.of("x", "3", "2", "8", "4", "4", "4.00", "1"),
                        List.of("y", "1", "1", "1", "1", "1", "1.00", "1")));
        run.file("a.csv", "k,name,n\n4,z,2\n5,x,9\n");
        run.completes(run.job("nullText: \"\"", MADE.formatted(""), "", "40"));
        assertThat(aggregated())
                .isEqualTo(List.of(
                        List.of("x", "4", "3", "17", "4", "9", "5.67", "2"),
                        List.of("z", "1", "1", "2", "2", "2", "2.00", "1")));
        run.assertNothingLeft();
    }

    @Test
    void areMadeWhenTheyAreAskedFor() throws InterruptedException {
        String ingest = MADE.formatted(", refresh: demand");
        run.completes(run.job("nullText: \"\"", ingest, "", "40"));
        assertThat(run.database
                        .query("SELECT to_regclass('by_name')::text")
                        .rows()
                        .getFirst())
                .containsOnlyNulls();
        refresh(ingest, "by_name: refreshed, 2 rows");
        assertThat(aggregated()).hasSize(2);
        run.database.execute("DELETE FROM t WHERE name = 'x'");
        refresh(ingest, "by_name: refreshed, 1 row");
        assertThat(aggregated()).hasSize(1);
    }

    private void refresh(String ingest, String expected) throws InterruptedException {
        Process refresh = run.start("refresh", IngestRun.manifest("", ingest, "", "40"));
        String said = refresh.inputReader(UTF_8).lines().collect(Collectors.joining("\n"));
        assertThat(refresh.waitFor()).as(said).isZero();
        assertThat(said).isEqualTo(expected);
    }
}
