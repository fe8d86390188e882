package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as users do whose language has other digits, separators or upper-case letters. */
final class LocaleTest {
    private static final List<String> LOCALES = List.of("tr-TR", "ar-EG", "de-DE");

    @TempDir
    private Path folder;

    @Test
    void outputIsTheSameInEveryLocale() throws IOException {
        Files.writeString(folder.resolve("plays.csv"), rows());
        Files.writeString(folder.resolve("bad.csv"), "Title,PLAYS\nI,1\ni,x\n");
        List<List<String>> commands = List.of(
                List.of("aggregate", "--by", "Title", "--sum", "Plays", "--avg", "Plays", "-q", "plays.csv"),
                List.of("aggregate", "--by", "Title", "--count", "--where", "Plays>=3", "plays.csv", "-q", "-o", "csv"),
                List.of("average", "-c", "Plays", "plays.csv", "--manifest"),
                List.of("average", "-c", "Plays", "-q", "plays.csv", "-o", "json"),
                List.of("average", "-c", "PLAYS", "-q", "--skip-bad", "bad.csv"),
                List.of("average", "-q", "-c", "plays", "bad.csv"),
                List.of("average", "-c", "PLAYS", "-d", "TAB", "-q", "bad.csv"),
                List.of("aggregate", "--by", "Title", "--min", "Plays:m:DECIMAL", "-q", "bad.csv"),
                List.of("aggregate", "--frobnicate", "bad.csv"),
                List.of("explain", "spec.input"),
                List.of("average", "--help"));
        for (List<String> command : commands) {
            String expected = run("en-US", command);
            for (String locale : LOCALES) {
                assertThat(run(locale, command)).as(locale + " " + command).isEqualTo(expected);
            }
        }
    }

    private static String rows() {
        return IntStream.range(0, 3000)
                .mapToObj(i -> (i % 7 == 0 ? "Iıİi" : "Title " + i % 3) + "," + i + ".5\n")
                .collect(Collectors.joining("", "Title,Plays\n", ""));
    }

    /** Returns status, output and messages without times. */
    private String run(String locale, List<String> command) {
        String[] parts = locale.split("-", 2);
        End end = CommandProcess.runWith(
                folder, List.of("-Duser.language=" + parts[0], "-Duser.country=" + parts[1]), command);
        return (end.status() + "\n" + end.out() + end.err())
                .replaceAll("(?m)^time .*$", "time")
                .replaceAll(
                        "\"(startTime|completionTime|lastTransitionTime|rowsPerSecond|duration)\" *: *\"[^\"]*\"",
                        "$1");
    }
}
