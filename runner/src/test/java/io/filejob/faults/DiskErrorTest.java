package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** System calls of a real run fail as on a broken disk: the run names the file, and the next one continues. */
final class DiskErrorTest {
    private static final String REASON = ": Input/output error";
    private static final int SONGS = 4_000;

    @RegisterExtension
    final Workbench bench = new Workbench();

    private Path manifest = Path.of("");
    private String expected = "";

    /** The input has 28 slices, and the output is written in more than six pieces. */
    @BeforeEach
    void files() throws IOException {
        StringBuilder rows = new StringBuilder("song,plays\n");
        String title = "x".repeat(400);
        for (int song = 0; song < SONGS; song++) {
            rows.append(String.format(Locale.ROOT, "song %05d%s,%d\n", song, title, song));
        }
        bench.write("in.csv", rows.toString());
        expected = rows.toString().replaceFirst("plays", "sum(plays)");
        Files.createDirectory(bench.path("out"));
        manifest = bench.manifest("job.yaml", """
                workers: 1, input: {files: [in.csv], sliceBytes: 64Ki}, output: {uri: out/out.csv},
                operation: {aggregate: {groupBy: [song], measures: [{function: sum, column: plays}]}}""");
    }

    /** Runs the job with these options of strace; checks that one call failed, on a path that ends with {@code path}. */
    private FilejobProcess.End run(String path, String... options) throws IOException {
        Path log = bench.path("calls");
        FilejobProcess.End end = bench.start(
                        new Workbench.How().failing(log, List.of(options)),
                        "run",
                        "-q",
                        "--store",
                        bench.path("store"),
                        manifest)
                .end();
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.endsWith("(INJECTED)"))
                .first()
                .asString()
                .as("%s", end)
                .containsPattern("[(][0-9]+<" + bench.folder() + "/" + path + ">");
        return end;
    }

    private String[] only(Path path, String call, String occurrence) {
        return new String[] {
            "-P", path.toString(), "-e", "trace=" + call, "-e", "inject=" + call + ":error=EIO" + occurrence
        };
    }

    @Test
    void eachIsNamedAndTheNextRunContinues() throws IOException {
        assertThat(run("in.csv", only(bench.path("in.csv"), "pread64", ":when=5"))
                        .with(66)
                        .err())
                .isEqualTo("filejob: " + bench.path("in.csv") + ": cannot be read" + REASON + "\n");
        Path ledgers = bench.path("store/ledgers");
        assertThat(run("store/ledgers", only(ledgers, "fsync", "")).with(74).err())
                .startsWith("filejob: the ledger " + ledgers)
                .endsWith(" cannot be written" + REASON + "\n");
        String output = "filejob: the output " + bench.path("out/out.csv") + " cannot be written";
        assertThat(run("out", only(bench.path("out"), "fsync", "")).with(73).err())
                .isEqualTo(output + REASON + "\n");
        assertThat(run("out/[^/]*filejob-tmp", "-e", "trace=write", "-e", "inject=write:error=EIO:when=6")
                        .with(73)
                        .err())
                .startsWith(output + " (after 1048592 bytes, ")
                .endsWith(REASON + "\n");
        assertThat(bench.path("store/partials")).isNotEmptyDirectory();

        // The fifth command's standard output is the file out-4.
        assertThat(run("out-4", only(bench.path("out-4"), "write", "")).with(73).err())
                .isEqualTo(
                        "filejob: standard output: cannot be written; check its disk or the program that reads it\n");
        assertThat(bench.path("store/partials")).doesNotExist();

        bench.run("run", "-q", "--store", bench.path("store"), manifest).with(0);
        assertThat(bench.path("out/out.csv")).hasContent(expected);
        assertThat(Workbench.names(bench.path("out"))).containsExactly("out.csv");
        bench.assertNoScratch();
    }
}
