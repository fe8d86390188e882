package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.RowCounts;
import io.filejob.validation.InvalidManifestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed files, which can only be read from their beginning, are loaded like others: each row once. */
@Timeout(180)
final class PackedInputTest {
    private static final int ROWS_PER_FILE = 3_000;
    private static final int FILES = 3;
    private static final String BAD = "bad,many,fields\n";

    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void makeTable() {
        run = new IngestRun(folder);
        run.database.execute("CREATE TABLE t (a text PRIMARY KEY, b text)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: append", "keys: [a]", "mode: replace"})
    void isLoadedOnceInEveryMode(String how) {
        List<List<String>> expected = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            pack(file, file == 1 ? BAD : "", expected);
        }
        RowCounts rows = IngestRun.rows(run.completes(job(how, IngestRun.SKIPPING)));
        assertThat(rows.used()).isEqualTo((long) FILES * ROWS_PER_FILE);
        assertThat(rows.rejected()).isEqualTo(1);
        assertThat(run.database.query("SELECT a, b FROM t ORDER BY a").rows())
                .containsExactlyElementsOf(
                        expected.stream().<List<String>>map(List::copyOf).toList());
        assertThat(run.rejects()).contains("f1.csv.gz").contains("bad,many,fields");
        run.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: append", "keys: [a]"})
    void namesTheLineOfABadRecord(String how) {
        pack(0, BAD, new ArrayList<>());
        assertThat(run.fails(ExitCode.BAD_INPUT, job(how, "onBadRecord: fail")))
                .contains("f0.csv.gz:" + (2 * ROWS_PER_FILE + 2));
        assertThat(run.database.query("SELECT count(*) FROM t").rows()).containsExactly(List.of("0"));
    }

    /** Writes rows and then {@code last}; adds the rows to {@code expected}. */
    private void pack(int file, String last, List<List<String>> expected) {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int row = 0; row < ROWS_PER_FILE; row++) {
            String key = String.format(Locale.ROOT, "%d-%05d", file, row);
            text.append(key).append(",\"line\n").append(row).append("\"\n");
            expected.add(List.of(key, "line\n" + row));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.append(last).toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        run.file("f" + file + ".csv.gz", packed.toByteArray());
    }

    private static FileJob job(String how, String rest) {
        String manifest =
                IngestRun.manifest("", "table: t, " + how, rest, "1Ki").replace("*.csv", "*.csv.gz");
        try {
            return ManifestReader.read(manifest);
        } catch (InvalidManifestException e) {
            throw new AssertionError(manifest, e);
        }
    }
}
