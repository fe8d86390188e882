package io.filejob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as users do whose language has other digits, separators or upper-case letters. */
@Timeout(240)
final class LocaleTest {
    private static final List<String> COMMANDS = List.of(
            "aggregate --by Title --sum Plays --avg Plays -q plays.csv",
            "average -c Plays plays.csv --manifest",
            "average -c Plays -q plays.csv -o JSON",
            "average -c PLAYS -q --skip-bad bad.csv",
            "average -q -c plays bad.csv",
            "average -c PLAYS -d TAB -q bad.csv",
            "aggregate --by Title --min Plays:m:DECIMAL -q bad.csv",
            "aggregate --frobnicate bad.csv",
            "explain spec.input",
            "average --help",
            // It closes standard output.
            "aggregate --by Title --count --where Plays:decimal>=3 plays.csv -q -o CSV");

    @TempDir
    private Path folder;

    /** Prints the end of each command. */
    public static void main(String[] arguments) {
        for (String command : COMMANDS) {
            End end = End.of(command.split(" ", -1));
            byte[] printed = (command + "\n" + end.status() + "\n" + end.out() + end.err()).getBytes(UTF_8);
            System.out.write(printed, 0, printed.length);
            System.out.flush();
        }
    }

    @Test
    void outputIsTheSameInEveryLocale() throws Exception {
        Files.writeString(folder.resolve("plays.csv"), rows());
        Files.writeString(folder.resolve("bad.csv"), "Title,PLAYS\nI,1\ni,x\n");
        String expected = run("en", "US");
        assertThat(expected).contains("3,000 rows").contains("did you mean \"PLAYS\"?");
        assertThat(run("tr", "TR")).isEqualTo(expected);
        assertThat(run("ar", "EG")).isEqualTo(expected);
        assertThat(run("de", "DE")).isEqualTo(expected);
    }

    private static String rows() {
        return IntStream.range(0, 3000)
                .mapToObj(i -> (i % 7 == 0 ? "Iıİi" : "Title " + i % 3) + "," + i + ".5\n")
                .collect(Collectors.joining("", "Title,Plays\n", ""));
    }

    /** Returns the output of all commands without times. */
    private String run(String language, String country) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                FilejobJvm.command("-Duser.language=" + language, "-Duser.country=" + country, "-Xmx256m"));
        command.add(LocaleTest.class.getName());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.replaceAll("(?m)^time .*$", "time")
                .replaceAll(
                        "\"(startTime|completionTime|lastTransitionTime|rowsPerSecond|duration)\" *: *\"[^\"]*\"",
                        "$1");
    }
}
