package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.testing.postgres.TableRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replacing a table's rows keeps the table itself, and readers never see it partly filled. */
@Timeout(180)
final class ReplaceKeepsTest {
    private static final String REPLACE = "table: t, mode: replace";
    private static final int ROWS = 20_000;

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
    }

    @Test
    void indexesConstraintsGrantsViewsAndTriggers() {
        run.database.execute(
                "CREATE TABLE t (k text PRIMARY KEY, n integer CHECK (n > 0))",
                "CREATE INDEX t_n ON t (n)",
                "CREATE VIEW v AS SELECT sum(n) FROM t",
                "GRANT SELECT ON t TO PUBLIC",
                "INSERT INTO t VALUES ('old', 1)");
        String what =
                "SELECT 't'::regclass::oid::text, (SELECT string_agg(indexrelid::text, ',') FROM pg_index WHERE indrelid ="
                        + " 't'::regclass), (SELECT string_agg(oid::text, ',') FROM pg_constraint WHERE conrelid = 't'::regclass),"
                        + " (SELECT relacl::text FROM pg_class WHERE oid = 't'::regclass)";
        TableRows before = run.database.query(what);
        run.file("a.csv", "k,n\na,1\nb,2\nc,x\n");
        assertThat(run.fails(ExitCode.BAD_INPUT, REPLACE)).contains("a.csv:4: column \"n\"");
        assertThat(run.database.query("TABLE v").rows()).containsExactly(List.of("1"));
        assertThat(run.loadsGood(REPLACE).inserted()).isEqualTo(2);
        assertThat(run.database.query(what)).isEqualTo(before);
        assertThat(run.database.query("TABLE v").rows()).containsExactly(List.of("3"));
        run.assertNothingLeft();
    }

    @Test
    void readersSeeAllOldRowsOrAllNewOnes() throws InterruptedException {
        run.database.execute(
                "CREATE TABLE t (k text PRIMARY KEY, n integer)",
                "INSERT INTO t SELECT 'old-' || i, i FROM generate_series(1, 500) i");
        StringBuilder csv = new StringBuilder("k,n\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append("new-").append(i).append(',').append(i).append('\n');
        }
        run.file("a.csv", csv.toString());
        Set<String> seen = new ConcurrentSkipListSet<>();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread reader = Thread.ofPlatform().start(() -> {
            while (done.getCount() > 0) {
                seen.add(String.valueOf(run.database
                        .query("SELECT count(*) FROM t")
                        .rows()
                        .getFirst()
                        .getFirst()));
                reading.countDown();
            }
        });
        reading.await();
        assertThat(IngestRun.rows(run.completes(run.job("", REPLACE + ", keys: [k]", "", "32Ki")))
                        .used())
                .isEqualTo(ROWS);
        done.countDown();
        reader.join();
        seen.add(String.valueOf(
                run.database.query("SELECT count(*) FROM t").rows().getFirst().getFirst()));
        assertThat(seen).containsExactlyInAnyOrder("500", Integer.toString(ROWS));
    }
}
