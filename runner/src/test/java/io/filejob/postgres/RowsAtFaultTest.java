package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.IngestResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly the rows that the server refuses are rejected, independent of the surrounding rows. */
@Timeout(180)
final class RowsAtFaultTest {
    private static final String SLICES = "64Mi";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\n\n", "\r\n\r"})
    void afterTextsOfSeveralLines(String lineBreak) {
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)");
        String text = "\"" + lineBreak + "a" + lineBreak + "b";
        run.file(
                "a.csv",
                "k,n\n" + text + "1\",1\n" + text + "2\",2\nbad,x\n" + text + "3\",y\ngood,3\n" + text + "4\",z\n");
        IngestResult result = result("table: t, keys: [k]");
        assertThat(result.inserted()).isEqualTo(3);
        assertThat(run.database.query("SELECT n FROM t").rows())
                .containsExactly(List.of("1"), List.of("2"), List.of("3"));
        assertThat(run.rejects()).contains("bad,x").contains("3\"\",y").contains("4\"\",z");
    }

    private IngestResult result(String ingest) {
        return IngestRun.result(run.completes(run.job("", ingest, IngestRun.SKIPPING, SLICES)));
    }
}
