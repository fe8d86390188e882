package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a job reads are never overwritten, under any name, and only regular files are replaced. */
final class OverwriteTest {
    private static final String TEXT = "Song,Plays\na,1\nb,2\nc,x\n";

    @TempDir
    private Path folder;

    /** Creates several names for one input: links to it and to its folder, and a hard link. */
    @BeforeEach
    void files() throws IOException {
        folder = folder.toRealPath();
        Files.createDirectories(folder.resolve("data/deep"));
        Files.writeString(folder.resolve("data/in.csv"), TEXT);
        Files.writeString(folder.resolve("data/sales-2.csv"), "Song,Plays\nd,4\n");
        Files.createSymbolicLink(folder.resolve("folder-link"), Path.of("data"));
        Files.createSymbolicLink(folder.resolve("link.csv"), Path.of("data/in.csv"));
        Files.createSymbolicLink(folder.resolve("link-of-link.csv"), folder.resolve("link.csv"));
        Files.createLink(folder.resolve("hard.csv"), folder.resolve("data/in.csv"));
        Files.createSymbolicLink(folder.resolve("part-1.csv"), Path.of("data/in.csv"));
        Files.createSymbolicLink(folder.resolve("out-link.csv"), Path.of("out.csv"));
        Files.createSymbolicLink(folder.resolve("out-link-2.csv"), folder.resolve("folder-link/../out.csv"));
    }

    private Path manifest(String more) throws IOException {
        return manifest("'data/in.csv', 'data/sales-*.csv'", more);
    }

    private Path manifest(String files, String more) throws IOException {
        return Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: overwrite}
                spec:
                  input: {files: [%s]}
                  operation: {aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays, as: Plays}]}}
                  onBadRecord: skip
                  %s
                """.formatted(files, more));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/in.csv",
                "./data/deep/../in.csv",
                "folder-link/in.csv",
                "file:folder-link/in%2Ecsv",
                "link.csv",
                "link-of-link.csv",
                "hard.csv",
                "job.yaml"
            })
    void neitherOutputNorBadRecordsAreWrittenOverWhatIsRead(String name) throws IOException {
        for (String field : List.of("output", "rejects")) {
            List<String> before = content();
            String other = field.equals("output") ? "rejects: {uri: r.csv}" : "output: {uri: o.csv}";
            Path manifest = manifest("%s: {uri: '%s'}\n  %s".formatted(field, name, other));
            refused("spec." + field + ".uri: ", "run", "-q", manifest.toString());
            refused("spec." + field + ".uri: ", work(manifest));
            assertThat(content()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "data/sales.csv, 3, is one of the input files",
        "folder-link/sales.csv, 2, is one of the input files",
        "part.csv, 2, is one of the input files"
    })
    void noPartIsWrittenOverAnInput(String name, int parts, String problem) throws IOException {
        List<String> before = content();
        Path manifest = manifest(String.format(Locale.ROOT, "output: {uri: '%s', parts: %d}", name, parts));
        refused(problem, "run", "-q", manifest.toString());
        refused(problem, work(manifest));
        assertThat(content()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "out.csv, 1, ./out.csv",
        "out.csv, 1, file:out.csv",
        "out.csv, 1, out-link.csv",
        "out-link-2.csv, 1, out.csv",
        "data/out.csv, 1, folder-link/out.csv",
        "out.csv, 2, out-1.csv",
        "out.csv, 12, folder-link/../out-07.csv"
    })
    void outputAndBadRecordsAreTwoFiles(String output, int parts, String rejects) throws IOException {
        List<String> before = content();
        Path manifest = manifest(String.format(
                Locale.ROOT, "output: {uri: '%s', parts: %d}\n  rejects: {uri: '%s'}", output, parts, rejects));
        refused("spec.rejects.uri: ", "run", "-q", manifest.toString());
        refused("spec.rejects.uri: ", work(manifest));
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void aRerunDoesNotReadItsOwnParts() throws IOException {
        Path manifest = manifest("'data/*.csv'", "output: {uri: data/totals.csv, parts: 2}");
        assertThat(End.of("run", "-q", manifest.toString()).status()).isZero();
        List<String> before = content();
        refused("data/totals-1.csv is one of the input files", "run", "-q", manifest.toString());
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void partsOfAnEarlierRunDoNotStayBesideThoseOfALaterOne() throws IOException {
        assertThat(End.of(
                                "run",
                                "-q",
                                manifest("output: {uri: t.csv, parts: 12}").toString())
                        .status())
                .isZero();
        End fewer =
                End.of("run", "-q", manifest("output: {uri: t.csv, parts: 2}").toString());
        assertThat(fewer.status()).isEqualTo(73);
        assertThat(fewer.err()).contains("spec.output.parts: ", "t-", "remove it");
        assertThat(folder.resolve("t-1.csv")).doesNotExist();
        // Parts of the same output, and names that no output has, do not refuse the job.
        Files.writeString(folder.resolve("t-2020.csv"), "mine");
        Files.writeString(folder.resolve("t-x.csv"), "mine");
        assertThat(End.of(
                                "run",
                                "-q",
                                manifest("output: {uri: t.csv, parts: 12}").toString())
                        .status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "folder-link", ".", "outputs", "outputs/../outputs"})
    void aStoreHoldsNeitherInputsNorOutputs(String store) throws IOException {
        Files.createDirectory(folder.resolve("outputs"));
        List<String> before = content();
        String output = "output: {uri: outputs/o.csv}";
        refused(
                "store",
                "run",
                "-q",
                "--store",
                folder.resolve(store).toString(),
                manifest(output).toString());
        Path named = manifest(output + "\n  store: {uri: '%s'}".formatted(store));
        refused("store", "run", "-q", named.toString());
        refused("store", "work", "--index=0", named.toString());
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void aLinkIsWrittenThrough() throws IOException {
        Files.createDirectory(folder.resolve("v1"));
        Files.writeString(folder.resolve("v1/old.csv"), "old");
        Files.createSymbolicLink(folder.resolve("latest.csv"), Path.of("v1/old.csv"));
        Files.createSymbolicLink(folder.resolve("new.csv"), Path.of("v1/new.csv"));
        assertThat(End.of(
                                "run",
                                "-q",
                                manifest("output: {uri: latest.csv}\n  rejects: {uri: new.csv}")
                                        .toString())
                        .status())
                .isZero();
        assertThat(folder.resolve("latest.csv")).isSymbolicLink();
        assertThat(folder.resolve("new.csv")).isSymbolicLink();
        assertThat(folder.resolve("v1/old.csv")).isRegularFile().content().startsWith("Song,Plays\na,1\n");
        assertThat(folder.resolve("v1/new.csv")).isRegularFile().content().startsWith("source,line");
        assertThat(folder.resolve("v1").toFile().list()).hasSize(2);
    }

    @Test
    void theModeOfAFileIsKept() throws IOException {
        Path output = Files.writeString(folder.resolve("o.csv"), "old");
        Files.setPosixFilePermissions(output, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(End.of("run", "-q", manifest("output: {uri: o.csv}").toString())
                        .status())
                .isZero();
        assertThat(output).content().startsWith("Song,Plays");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(output)))
                .isEqualTo("rw-r-----");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pipe", "link-to-pipe", "/dev/null", "link-to-null", "/dev/stdout", "/proc/self/fd/1", "loop"})
    void deviceOrPipeIsNotReplaced(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createSymbolicLink(folder.resolve("link-to-pipe"), Path.of("pipe"));
        Files.createSymbolicLink(folder.resolve("link-to-null"), Path.of("/dev/null"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        for (String fields : List.of("output: {uri: '%s'}", "output: {uri: o.csv}\n  rejects: {uri: '%s'}")) {
            Path manifest = manifest(fields.formatted(name));
            for (String[] command : List.of(new String[] {"run", "-q", manifest.toString()}, work(manifest))) {
                End end = End.of(command);
                assertThat(end.status()).as(end.err()).isEqualTo(73);
                assertThat(end.err()).contains(name);
            }
        }
        assertThat(Files.getAttribute(folder.resolve("pipe"), "unix:mode", LinkOption.NOFOLLOW_LINKS))
                .satisfies(mode -> assertThat((int) mode & 0170000).isEqualTo(0010000));
        assertThat(folder.resolve("o.csv")).doesNotExist();
    }

    @Test
    void generatedFilesAreKeptApartFromOutputAndLinks() throws IOException {
        Path manifest = Files.writeString(folder.resolve("keep.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: keep}
                spec:
                  input: {generate: {files: 12, entriesPerFile: 3, keep: {uri: kept}}}
                  operation: {average: {}}
                  output: {uri: kept-link/file-03.txt}
                """);
        Files.createDirectory(folder.resolve("kept"));
        Files.createSymbolicLink(folder.resolve("kept-link"), Path.of("kept"));
        refused("spec.input.generate.keep", "run", "-q", manifest.toString());
        Files.writeString(manifest, Files.readString(manifest).replace("file-03.txt", "file-3.txt"));
        Files.createSymbolicLink(folder.resolve("kept/file-05.txt"), folder.resolve("data/in.csv"));
        End end = End.of("run", "-q", manifest.toString());
        assertThat(end.status()).as(end.err()).isEqualTo(73);
        assertThat(folder.resolve("data/in.csv")).hasContent(TEXT);
        assertThat(folder.resolve("kept/file-05.txt")).isSymbolicLink();
        Files.delete(folder.resolve("kept/file-05.txt"));
        assertThat(End.of("run", "-q", manifest.toString()).status()).isZero();
        assertThat(folder.resolve("kept").toFile().list()).hasSize(13);
    }

    private String[] work(Path manifest) {
        return new String[] {
            "work", "--index=0", "--store", folder.resolve("store").toString(), manifest.toString()
        };
    }

    private static void refused(String problem, String... command) {
        End end = End.of(command);
        assertThat(end.status()).as(end.err()).isEqualTo(78);
        assertThat(end.err()).contains(problem);
    }

    /** Returns all names, and the content of the regular files, except the manifest. */
    private List<String> content() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                if (!file.endsWith("job.yaml")) {
                    all.add(file + (regular ? ": " + Files.readString(file) : ""));
                }
            }
        }
        return all;
    }
}
