package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows too long for a ledger are ranked by their complete texts, or not at all. */
@Timeout(180)
final class LongTopRowsTest {
    /** Longer than a row that is kept whole; keys differ only at their ends. */
    private static final String BEGINNING = "k".repeat(5000);

    private static final int KEYS = 400;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        StringBuilder text = new StringBuilder("key,plays\n");
        for (int i = KEYS; i > 0; i--) {
            text.append(key(i)).append(",7\n");
        }
        Files.writeString(folder.resolve("in.csv"), text);
    }

    private static String key(int number) {
        return BEGINNING + String.format(Locale.ROOT, "%03d", number);
    }

    private LocalRun.RunOutcome run(String output) throws InvalidManifestException, InterruptedException {
        String manifest = """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: top}
                spec:
                  workers: 2
                  input: {files: [in.csv], sliceBytes: 500000}
                  operation: {aggregate: {groupBy: [key], measures: [{function: sum, column: plays, as: s}],
                    top: {by: s, order: ascending, limit: 3}}}
                """ + output;
        LocalOptions options = new LocalOptions(folder, Secrets.NONE, Mounts.NONE, null, false, null, _ -> {});
        return new LocalRun(ManifestReader.read(manifest), options, Clock.systemUTC()).run();
    }

    @Test
    void areRefusedWithoutAnOutput() throws Exception {
        JobFailedException failure = Objects.requireNonNull(run("").failure());
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(failure).hasMessageContaining("top").hasMessageContaining("add spec.output");
    }

    @Test
    void areRankedAsAWholeInAnOutput() throws Exception {
        assertThat(run("  output: {uri: out.csv}\n").failure()).isNull();
        assertThat(folder.resolve("out.csv"))
                .hasContent("key,s\n" + key(1) + ",7\n" + key(2) + ",7\n" + key(3) + ",7\n");
    }
}
