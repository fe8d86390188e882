package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A single column has no delimiter; no value ends a load early or is lost. */
@Timeout(180)
final class OneColumnTest {
    @TempDir
    private Path folder;

    @Test
    void holdsWhatLooksLikeTheEndOfTheInput() {
        IngestRun run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (a text)");
        run.file("a.csv", "a\n\\.\nx\n\\N\n\"\\.\"\n\"\"\nnone\n");
        assertThat(IngestRun.rows(run.completes(run.job("nullText: none", "table: t, mode: append", "", "64Mi")))
                        .used())
                .isEqualTo(6);
        assertThat(run.database.query("TABLE t").rows())
                .containsExactly(
                        Collections.singletonList(null),
                        List.of(""),
                        List.of("\\."),
                        List.of("\\."),
                        List.of("\\N"),
                        List.of("x"));
    }
}
