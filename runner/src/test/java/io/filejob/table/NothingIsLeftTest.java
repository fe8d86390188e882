package io.filejob.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.model.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a job has ended, no table and no sequence of its own is left. */
@Timeout(180)
final class NothingIsLeftTest {
    private static final String UPSERT = "table: t, keys: [k]";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, n integer)");
    }

    @Test
    void afterItIsComplete() {
        run.file("a.csv", "k,n\na,1\nb,2\nc,3\n");
        assertThat(run.loads(UPSERT).inserted()).isEqualTo(3);
        run.assertNothingLeft();
        assertThat(run.database
                        .query("SELECT to_regclass('filejob_ledger') IS NOT NULL")
                        .rows())
                .containsExactly(List.of("t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b,x", "b,2,3", "\"never closed,2\n"})
    void afterBadInput(String bad) {
        run.file("a.csv", "k,n\na,1\na2,1\na3,1\na4,1\na5,1\na6,1\n" + bad + "\nc,3\n");
        assertThat(run.fails(ExitCode.BAD_INPUT, UPSERT)).contains("a.csv:8:");
        assertThat(run.database.query("TABLE t").rows()).isEmpty();
        run.assertNothingLeft();
    }
}
