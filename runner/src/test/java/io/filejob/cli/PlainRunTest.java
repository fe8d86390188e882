package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.failure.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Arguments bypass the command line parser only if it would interpret them in the same way. */
final class PlainRunTest {
    private static final int LINES = 5_000;

    /** What command lines are made of, some of it wrong or unusual. */
    private static final List<String> WORDS = List.of(
            "job.yaml",
            "a folder/job é.yaml",
            "/job.yaml",
            "-",
            "--",
            "",
            " ",
            "@none",
            "@pom.xml",
            "\"quoted\"",
            "'a'",
            "a\"b",
            "run",
            "plan",
            "help",
            "-h",
            "--help",
            "-V",
            "-q",
            "-q=true",
            "--quiet",
            "--quiet=false",
            "--no-quiet",
            "-qw2",
            "-w",
            "-w2",
            "-w=2",
            "--workers",
            "--workers=3",
            "--workers=",
            "--worker",
            "2",
            "0",
            "01",
            "-1",
            "+4",
            "9999",
            "10000",
            "99999999999",
            "two",
            "-o",
            "-ojson",
            "-o=csv",
            "--output",
            "--output=YAML",
            "--output=xml",
            "json",
            "Text",
            "--store",
            "--store=s3://bucket/a=b/",
            "--store=",
            "s3://bucket/prefix/",
            "--status-file",
            "--status-file=status.json",
            "--with-parent",
            "--with-parent=true",
            "--processes",
            "--mount",
            "/data=/tmp",
            "--secret=a=b",
            "--profile=flame.html",
            "-f",
            "-p",
            "-p=A=${B}",
            "$HOME",
            "a|b,c",
            "\\",
            "a\\nb");

    private static final String MANIFEST = """
            apiVersion: filejob.io/v1alpha1
            kind: FileJob
            metadata: {name: prices}
            spec:
              workers: 1
              onBadRecord: %s
              input: {files: [prices.csv]}
              operation: {average: {column: price}}
            """;

    @TempDir
    private Path folder;

    private static RunCommand parsed(String... arguments) {
        CommandLine parser = Main.commandLine(arguments);
        CommandLine.ParseResult result = parser.parseArgs(arguments);
        return (RunCommand) result.subcommand().commandSpec().userObject();
    }

    private static void checkBound(PlainRun plain, String... arguments) {
        RunCommand command = plain.command(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        assertThat(command)
                .as(String.join(" ", arguments))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes("(.*[.])?command", "out", "err")
                .isEqualTo(parsed(arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run job.yaml",
                "run job.yaml -w 2 -q -o json",
                "run -q --workers=16 --output yaml job.yaml",
                "run /data/job.yaml --store=/data/store --status-file=/data/status.json --with-parent",
                "run -o CSV --store s3://bucket/a/ --status-file status.json ../job.yaml"
            })
    void whatMostJobsAreRunWithIsKnown(String line) {
        String[] arguments = line.split(" ");
        checkBound(Objects.requireNonNull(PlainRun.of(arguments)), arguments);
    }

    static Stream<List<String>> linesLeftToTheParser() {
        return Stream.of(
                List.of(),
                List.of("run"),
                List.of("redrive", "job.yaml"),
                List.of("run", "--help"),
                List.of("run", "-"),
                List.of("run", "job.yaml", "other.yaml"),
                List.of("run", "job.yaml", "-w"),
                List.of("run", "job.yaml", "-w", "0"),
                List.of("run", "job.yaml", "-w", "two"),
                List.of("run", "job.yaml", "-o", "xml"),
                List.of("run", "job.yaml", "-q", "-q"),
                List.of("run", "job.yaml", "--quiet=true"),
                List.of("run", "job.yaml", "--store="),
                List.of("run", "job.yaml", "--store", "-q"),
                List.of("run", "@job.yaml"),
                List.of("run", "-f", "job.yaml"),
                List.of("run", "job.yaml", "-p", "NAME=VALUE"),
                List.of("run", "job.yaml", "--unknown"));
    }

    @ParameterizedTest
    @MethodSource("linesLeftToTheParser")
    void everythingElseIsParsed(List<String> line) {
        assertThat(PlainRun.of(line.toArray(String[]::new))).isNull();
    }

    @Test
    void anyLineThatIsKnownIsParsedInTheSameWay() {
        SplittableRandom random = new SplittableRandom(1);
        int known = 0;
        for (int i = 0; i < LINES; i++) {
            List<String> line = new ArrayList<>(List.of("run"));
            for (int words = random.nextInt(6); words >= 0; words--) {
                line.add(WORDS.get(random.nextInt(WORDS.size())));
            }
            String[] arguments = line.toArray(String[]::new);
            PlainRun plain = PlainRun.of(arguments);
            if (plain != null) {
                known++;
                checkBound(plain, arguments);
            }
        }
        assertThat(known).isGreaterThan(LINES / 20);
    }

    @Test
    void resultAndFailureArePrintedAsByAParsedCommand() throws IOException {
        Files.writeString(folder.resolve("prices.csv"), "price\n1.5\n2\nnone\n");
        Files.writeString(folder.resolve("pretty.yaml"), MANIFEST.formatted("skip"));
        Files.writeString(folder.resolve("strict.yaml"), MANIFEST.formatted("fail"));
        checkPrinted(
                ExitCode.DONE, List.of("run", "pretty.yaml", "-q", "-w", "2"), List.of("run", "-qw2", "pretty.yaml"));
        checkPrinted(
                ExitCode.BAD_INPUT, List.of("run", "strict.yaml", "-q"), List.of("run", "-q", "-f", "strict.yaml"));
        checkPrinted(ExitCode.NO_INPUT, List.of("run", "none é.yaml"), List.of("run", "-f", "none é.yaml"));
    }

    private void checkPrinted(ExitCode expected, List<String> plain, List<String> parsed) {
        assertThat(PlainRun.of(plain.toArray(String[]::new))).isNotNull();
        assertThat(PlainRun.of(parsed.toArray(String[]::new))).isNull();
        End end = run(plain);
        assertThat(end).isEqualTo(run(parsed));
        assertThat(end.status()).isEqualTo(expected.number());
        assertThat(end.out() + end.err()).isNotEmpty();
    }

    /** Runs a command; the time that it took is left out. */
    private End run(List<String> arguments) {
        End end = CommandProcess.run(folder, Map.of("LC_ALL", "C.UTF-8"), arguments);
        return new End(end.status(), end.out().replaceAll("(?m)^time +[0-9.]+s$", ""), end.err());
    }
}
