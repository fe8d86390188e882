package io.filejob.aggregate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.local.LocalRun;
import io.filejob.manifest.ManifestReader;
import io.filejob.status.RowCounts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files without text are files without rows; files that cannot have the manifest's format are refused by name. */
@Timeout(180)
final class OddInputsTest {
    private static final String BY_NAME =
            "aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays, as: n}]}";
    private static final String BY_POSITION =
            "aggregate: {groupBy: [\"#1\"], measures: [{function: sum, column: \"#2\", as: n}]}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.csv.gz,''",
        "a.csv.zst,''",
        "a.csv.gz,'\uFEFF'",
        "a.csv.zst,'\uFEFF'",
        "a.csv.gz,'\n\r\n\n'",
        "a.csv.zst,'\n'",
        "a.csv,''",
        "a.csv,'\uFEFF'",
        "a.csv,'\n\n'",
        "A.CSV.GZ,''",
        "a.csv.zst,'Song,Plays\n\n\n'",
        "z.csv.gz,'\n'",
        "z.csv,'\uFEFF\n'"
    })
    void fileWithoutRowsAddsNone(String name, String text) throws Exception {
        Files.write(folder.resolve(name), pack(name, text.getBytes(UTF_8)));
        Files.writeString(folder.resolve("b.csv"), "Song,Plays\na,1\nb,2\n");
        for (String csv : new String[] {"{}", "{header: false, columns: [Song, Plays]}"}) {
            for (String sliceBytes : new String[] {"1", "7", "64Mi"}) {
                LocalRun.RunOutcome outcome = run("csv: " + csv, sliceBytes, BY_NAME, "skip");
                assertThat(outcome.failure()).as("%s %s", csv, sliceBytes).isNull();
                assertThat(folder.resolve("out.csv")).hasContent("Song,n\na,1\nb,2\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv.gz", "a.csv.zst"})
    void packedFileWithoutTextHasNoAverage(String name) throws Exception {
        Files.write(folder.resolve(name), pack(name, "\uFEFF".getBytes(UTF_8)));
        for (String operation : new String[] {"average: {}", "average: {column: price}"}) {
            String format = operation.contains("price") ? "csv: {}" : "lines: {}";
            LocalRun.RunOutcome outcome = run(format, "1", operation, "fail");
            assertThat(outcome.failure()).isNull();
            assertThat(outcome.status().rows()).isEqualTo(new RowCounts(0, 0, 0));
        }
    }

    @Test
    void firstRowIsNotTakenForAHeaderWhereOnlyTheFirstFileHasOne() throws Exception {
        Files.writeString(folder.resolve("0.csv"), "\n");
        Files.writeString(folder.resolve("1.csv"), "Song,Plays\na,1\n");
        Files.writeString(folder.resolve("2.csv"), "b,2\nc,3\n");
        for (String operation :
                new String[] {BY_POSITION, "aggregate: {measures: [{function: count}]}", "average: {column: \"#2\"}"}) {
            refused("csv: {}", operation, "2.csv", "its first record (b,2) is not the header of", "1.csv (Song,Plays)");
        }
        Files.writeString(folder.resolve("2.csv"), "Song,Plays\nb,2\nc,3\n");
        assertThat(run("csv: {}", "5", BY_POSITION, "fail").failure()).isNull();
        assertThat(folder.resolve("out.csv")).hasContent("#1,n\na,1\nb,2\nc,3\n");
    }

    @ParameterizedTest
    @CsvSource({
        "504B030414000000,a ZIP archive",
        "FD377A585A000004,compressed by xz",
        "425A68393141592653590102,compressed by bzip2",
        "5041523115040102,Parquet",
        "377ABCAF271C0004,a 7z archive",
        "FFFE410042004300,UTF-16",
        "0000FEFF00000041,UTF-32",
        "D0CF11E0A1B11AE1,Excel"
    })
    void otherFormatIsNamed(String hex, String format) throws Exception {
        byte[] start = HexFormat.of().parseHex(hex);
        for (String name : new String[] {"a.csv", "a.csv.gz"}) {
            Files.deleteIfExists(folder.resolve("a.csv"));
            Files.write(folder.resolve(name), pack(name, start));
            for (String operation : new String[] {BY_NAME, BY_POSITION, "aggregate: {measures: [{function: count}]}"}) {
                refused("csv: {}", operation, name, format);
            }
            refused("csv: {header: false}", BY_POSITION, name, format);
            refused("lines: {}", "average: {}", name, format);
        }
    }

    @ParameterizedTest
    @CsvSource({"1F8B080000000000,compressed by gzip", "28B52FFD00580000,compressed by zstd"})
    void damagedContentOfAnyNameAndContentPackedTwiceAreNamed(String hex, String format) throws Exception {
        byte[] start = HexFormat.of().parseHex(hex);
        Files.write(folder.resolve("a.csv"), start);
        refused("csv: {}", BY_NAME, "a.csv", "cut off or damaged");
        Files.delete(folder.resolve("a.csv"));
        Files.write(folder.resolve("a.csv.gz"), pack("a.csv.gz", start));
        refused("csv: {}", BY_NAME, "a.csv.gz", format);
    }

    @Test
    void tarInGzipIsNamed() throws Exception {
        byte[] block = new byte[1024];
        System.arraycopy("a.csv".getBytes(UTF_8), 0, block, 0, 5);
        System.arraycopy("ustar".getBytes(UTF_8), 0, block, 257, 5);
        Files.write(folder.resolve("a.tar.gz"), pack("a.tar.gz", block));
        refused("csv: {}", BY_POSITION, "a.tar.gz", "a tar archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAR1,PAR2\na,1\n", "ORC,n\na,1\n", "%PDF-size,n\na,1\n", "PK,n\na,1\n", "GIF8,n\na,1\n"})
    void textThatBeginsAsSomethingElseIsText(String text) throws Exception {
        Files.writeString(folder.resolve("a.csv"), text);
        assertThat(run("csv: {}", "64Mi", BY_POSITION, "fail").failure()).isNull();
        assertThat(folder.resolve("out.csv")).hasContent("#1,n\na,1\n");
    }

    @Test
    void unknownBinaryHeaderIsRefused() throws Exception {
        Files.write(
                folder.resolve("a.bin"), new byte[] {'d', 'a', 't', 'a', 3, 0, ',', 'x', '\n', 'a', ',', '1', '\n'});
        refused("csv: {}", BY_POSITION, "a.bin", "its header is not text", "0x03");
    }

    @Test
    void headerThatIsNotUtf8IsNamedAsSuch() throws Exception {
        Files.write(folder.resolve("a.csv"), ByteText.bytes("Titre,\u00c9coutes\na,1\n"));
        String operation = BY_NAME.replace("Song", "Titre").replace("Plays", "\u00c9coutes");
        refused("csv: {}", operation, "a.csv", "its header is not UTF-8 (byte 0xC9 in column 2)");
    }

    @Test
    void quoteOpenedInAHeaderIsNamedByItsLine() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "\n#x\nSong,\"Plays\na,1\n");
        refused("csv: {comment: \"#\"}", BY_NAME, "a.csv:3: ", "quote opened here is never closed");
        refused("csv: {comment: \"#\", header: false}", BY_POSITION, "a.csv:3: ", "quote opened here is never closed");
    }

    private void refused(String format, String operation, String... words) throws Exception {
        for (String sliceBytes : new String[] {"3", "64Mi"}) {
            JobFailedException failure = Objects.requireNonNull(
                    run(format, sliceBytes, operation, "skip").failure());
            assertThat(failure.exitCode()).as(failure.getMessage()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(failure).hasMessageContainingAll(words);
        }
    }

    private LocalRun.RunOutcome run(String format, String sliceBytes, String operation, String onBad) throws Exception {
        Files.deleteIfExists(folder.resolve("out.csv"));
        return AggregateRun.outcome(ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: odd}
                spec:
                  workers: 2
                  input: {files: ["*"], sliceBytes: %s, format: {%s}}
                  operation: {%s}
                  onBadRecord: %s
                  output: {uri: out.csv}
                """.formatted(sliceBytes, format, operation, onBad)), folder);
    }

    private static byte[] pack(String name, byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith(".zst")
                ? new ZstdOutputStream(bytes)
                : name.endsWith(".gz") || name.endsWith(".GZ") ? new GZIPOutputStream(bytes) : bytes) {
            out.write(text);
        }
        return bytes.toByteArray();
    }
}
