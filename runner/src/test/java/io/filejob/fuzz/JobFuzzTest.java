package io.filejob.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalOptions;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.storage.local.Mounts;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.testing.fuzz.FuzzRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With arbitrary bytes in its files, a job ends with a result or a reason, never with an internal error. */
@Timeout(900)
final class JobFuzzTest {
    private static final String[] OPERATIONS = {
        "average: {column: \"#1\"}",
        "aggregate: {measures: [{function: count}]}",
        "aggregate: {groupBy: [\"#1\"], measures: [{function: sum, column: \"#2\"}]}",
        "aggregate: {groupBy: [\"#1\"], measures: [{function: count}, {function: countDistinct, column: \"#2\"}]}",
        "aggregate: {groupBy: [\"#2\", \"#1\"], measures: [{function: avg, column: \"#2\"}, {function: max, column: \"#1\", type: string}]}",
        "aggregate: {groupBy: [\"#1\"], measures: [{function: first, column: \"#1\"}], top: {by: first(#1), limit: 3}}",
    };

    private static final String[] DIALECTS = {
        "csv: {}",
        "csv: {header: false}",
        "csv: {header: false, quote: \"\"}",
        "csv: {header: false, columns: [a, b]}",
        "csv: {delimiter: \";\", escape: \"\\\\\", nullText: \"\"}",
        "csv: {comment: \"#\", nullText: \"1\"}",
    };

    @TempDir
    private Path folder;

    @Test
    void inputs() throws Exception {
        FuzzRun.repeat("jobs", random -> {
            Path here = Files.createDirectory(folder.resolve("job"));
            try {
                check(random, here);
            } finally {
                TemporaryFolder.remove(here);
            }
        });
    }

    private static void check(SplittableRandom random, Path here) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = i + RandomBytes.pick(random, ".csv", ".csv", ".csv.gz", ".csv.zst");
            Files.write(here.resolve(name), content(random, name));
            names.add(name);
        }
        boolean lines = random.nextInt(5) == 0;
        String format = lines ? "lines: {}" : RandomBytes.pick(random, DIALECTS);
        String operation = lines ? "average: {}" : RandomBytes.pick(random, OPERATIONS);
        String manifest = String.format(
                Locale.ROOT,
                """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: fuzz}
                spec:
                  workers: %d
                  input: {files: %s, sliceBytes: %d, format: {%s}}
                  operation: {%s}
                  onBadRecord: %s
                  output: {uri: out.csv}
                """,
                1 + random.nextInt(2),
                names,
                20 + random.nextInt(400),
                format,
                operation,
                RandomBytes.pick(random, "fail", "skip"));
        FileJob job = ManifestReader.read(manifest);
        LocalOptions options = new LocalOptions(here, Secrets.NONE, Mounts.NONE, null, false, null, _ -> {});
        JobFailedException failure =
                new LocalRun(job, options, Clock.systemUTC()).run().failure();
        if (failure != null && failure.exitCode() != ExitCode.BAD_INPUT) {
            throw new AssertionError(manifest, failure);
        }
        assertThat(Files.exists(here.resolve("out.csv"))).as(manifest).isEqualTo(failure == null);
    }

    private static byte[] content(SplittableRandom random, String name) throws IOException {
        byte[] text = random.nextInt(6) == 0
                ? new byte[0]
                : random.nextInt(6) == 0 ? new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF} : RandomBytes.any(random);
        if (name.endsWith(".csv") || random.nextInt(5) == 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
            out.write(text);
        }
        return random.nextInt(5) == 0 ? RandomBytes.damaged(random, bytes.toByteArray()) : bytes.toByteArray();
    }
}
