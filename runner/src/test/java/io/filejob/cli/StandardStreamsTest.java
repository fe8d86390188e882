package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs commands between standard input and standard output, as in a pipe of a shell. */
final class StandardStreamsTest {
    private static final String ROWS = "Song,Plays\nBlue,12\nRed,7\n\"Blue, live\",1\n";
    private static final String TOTALS = "Song,sum(Plays)\nBlue,12\n\"Blue, live\",1\nRed,7\n";
    private static final List<String> AGGREGATE = List.of("aggregate", "--by", "Song", "--sum", "Plays");

    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    private Path in;

    @BeforeEach
    void input() throws IOException {
        in = Files.writeString(folder.resolve("in.csv"), ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o csv -", "-o - -", "-q -o csv - -w 1", "-o csv --processes -", "-o csv in.csv"})
    void allRowsOfStandardInputArePrintedAsCsv(String arguments) {
        End end = run(AGGREGATE, arguments);
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(end.out()).isEqualTo(TOTALS);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aManifestMayNameBoth() throws IOException {
        Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: totals}
                spec:
                  input: {files: ["-"]}
                  operation: {aggregate: {groupBy: [Song], measures: [{function: sum, column: Plays}]}}
                  output: {uri: "-"}
                """);
        End end = run(List.of("run"), "job.yaml");
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(end.out()).isEqualTo(TOTALS);
        assertThat(end.err()).contains("3 groups of 3 rows");
        assertThat(run(List.of("validate"), "job.yaml").status()).isZero();
        for (String mistake : List.of("-o json job.yaml", "--store s job.yaml", "-")) {
            End refused = CommandProcess.run(
                    folder,
                    Map.of("TMPDIR", temporary.toString()),
                    List.of(("run " + mistake).split(" ")),
                    folder.resolve("job.yaml"));
            assertThat(refused.status()).as(refused.err()).isEqualTo(64);
            assertThat(refused.out()).isEmpty();
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aBadRecordOfStandardInputIsNamed() throws IOException {
        Files.writeString(in, ROWS + "Red,x\n");
        End end = run(AGGREGATE, "-o csv -");
        assertThat(end.status()).isEqualTo(65);
        assertThat(end.err()).contains("standard input:5: ").doesNotContain("/dev/fd");
        assertThat(end.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "- -,input -: standard input is named 2 times",
        "--store s -,input -: a job with a store",
        "--store s -o csv in.csv,output -: a job with a store"
    })
    void severalUsesAreRefusedByName(String arguments, String message) {
        End end = run(AGGREGATE, arguments);
        assertThat(end.status()).as(end.err()).isEqualTo(64);
        assertThat(end.err()).startsWith("filejob: " + message);
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o csv", "-o text", "-o json", "-o yaml", "--manifest"})
    void outputThatIsLostEndsWithAnError(String format) {
        End end = CommandProcess.run(
                folder,
                Map.of("TMPDIR", temporary.toString()),
                List.of(("aggregate --count -q in.csv " + format).split(" ")),
                in,
                Path.of("/dev/full"));
        assertThat(end.status()).as(end.err()).isEqualTo(73);
        assertThat(end.err()).contains("standard output");
        assertThat(temporary).isEmptyDirectory();
    }

    private End run(List<String> command, String arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments.split(" ")));
        return CommandProcess.run(folder, Map.of("TMPDIR", temporary.toString()), all, in);
    }
}
