package io.filejob.aggregate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.RowCounts;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings for irregular CSV, one by one, and the messages that lead to them. */
@Timeout(180)
final class AsItComesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a;b\\n1;2\\n|seem to be separated by \";\": set spec.input.format.csv.delimiter",
                "k\\tn\\n1\\t2\\n|seem to be separated by \"\\t\": set spec.input.format.csv.delimiter",
                "sep=;\\nk;n\\n1;2\\n|its first line says that fields are separated by \";\"",
                "k,N\\n1,2\\n|no column \"n\" in its header, which has \"k\", \"N\"; did you mean \"N\"?",
                "\" k \",n\\n1,2\\n|no column \"k\" in its header, which has \" k \", \"n\"; did you mean \" k \"?",
                "k,n\\n1,2,\\n|has 3 fields, the header has 2",
                "k,n\\n1\\n|has 1 field, the header has 2",
                "k,n\\n7\" x,1\\n|quote inside an unquoted field",
                "k,n\\nx,\"1,5\"\\n|not a number",
            })
    void strictReaderNamesTheProblem(String text, String problem) throws Exception {
        Files.writeString(folder.resolve("a.csv"), text.replace("\\n", "\n").replace("\\t", "\t"));
        JobFailedException failure = Objects.requireNonNull(run("{}").failure());
        assertThat(failure).hasMessageContaining(problem);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void columnThatAFileLacksIsNullOnRequest() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "n\n1\n2\n");
        Files.writeString(folder.resolve("b.csv"), "k,n\nx,4\n");
        assertThat(run("{}").failure()).hasMessageContaining("no column \"k\"");
        assertThat(run("{fillColumns: true}")).satisfies(outcome -> {
            assertThat(outcome.status().rows()).isEqualTo(new RowCounts(3, 3, 0));
            assertThat(Files.readString(folder.resolve("out.csv"))).isEqualTo("k,s\n,3\nx,4\n");
        });
    }

    @Test
    void byteWithoutAMeaningMakesABadRecordIfItsFieldIsUsed() throws Exception {
        Files.write(folder.resolve("a.csv"), "k,n,o\n\u0081,1,x\n\u00e9,2,\u0081\n".getBytes(ISO_8859_1));
        assertThat(run("{encoding: windows-1252}").failure()).hasMessageContaining("a.csv:2: column \"k\"");
        assertThat(run("{encoding: latin1}").failure()).isNull();
    }

    @Test
    void delimiterMayBeAControlCharacterAndCtrlZEndsAFile() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "k\u0001n\r\nx\u00011\r\n\u001a");
        assertThat(run("{delimiter: \"\\x01\"}").failure()).isNull();
        assertThat(folder.resolve("out.csv")).hasContent("k,s\nx,1\n");
    }

    @ParameterizedTest
    @CsvSource({"a.gzip", "a.CSV.GZIP"})
    void fileNamedGzipIsUnpacked(String name) throws Exception {
        Files.write(folder.resolve(name), packed("k,n\nx,1\n", "gzip"));
        assertThat(run("{}").failure()).isNull();
        assertThat(folder.resolve("out.csv")).hasContent("k,s\nx,1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, gzip",
        "a.txt, zstd",
        "a.gz, zstd",
        "a.zst, gzip",
        "a.gz, none",
        "a.zst, none",
        "a.gzip, gzip",
        "a, gzip",
    })
    void contentAndNotTheNameTellsTheCompression(String name, String compression) throws Exception {
        Files.write(folder.resolve(name), packed("k,n\nx,1\nx,2\n", compression));
        assertThat(run("{}").failure()).isNull();
        assertThat(folder.resolve("out.csv")).hasContent("k,s\nx,3\n");
    }

    @Test
    void columnThatOnlyFoldersNameIsExplained() throws Exception {
        Path file = folder.resolve("k=x/a.csv");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "s,n\na,1\n");
        assertThat(run("{}", "**/*.csv").failure())
                .hasMessageContaining("folders named k=... are not read as a column");
    }

    @Test
    void archiveNamedGzipIsRefusedByName() throws Exception {
        Files.write(folder.resolve("a.gz"), new byte[] {'P', 'K', 3, 4, 20, 0});
        assertThat(run("{}").failure()).hasMessageContaining("a.gz: its content is a ZIP archive");
        Files.write(folder.resolve("a.gz"), new byte[] {1, 2, 3, 4, 20, 0});
        assertThat(run("{}").failure()).hasMessageContaining("a.gz: it is cut off or damaged");
    }

    private static byte[] packed(String text, String compression) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        OutputStream out =
                switch (compression) {
                    case "gzip" -> new GZIPOutputStream(packed);
                    case "zstd" -> new ZstdOutputStream(packed);
                    default -> packed;
                };
        try (out) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    private LocalRun.RunOutcome run(String csv) throws Exception {
        return run(csv, "*");
    }

    private LocalRun.RunOutcome run(String csv, String files) throws Exception {
        Files.deleteIfExists(folder.resolve("out.csv"));
        return AggregateRun.outcome(ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: case}
                spec:
                  workers: 2
                  input: {files: ["%s"], sliceBytes: 3, format: {csv: %s}}
                  operation:
                    aggregate: {groupBy: [k], measures: [{function: sum, column: n, as: s}]}
                  output: {uri: out.csv}
                """.formatted(files, csv)), folder);
    }
}
