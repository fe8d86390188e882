package io.filejob.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cli.FilejobJvm;
import io.filejob.testing.http.PageServer;
import io.filejob.testing.system.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The progress on a real terminal: a pseudo-terminal that script(1) of util-linux opens. */
final class TerminalTest {
    private static final String END_OF_FRAME = "\u001b[K";
    /** So many rows that their page has several ranges. */
    private static final int ROWS = 1_200_000;

    private static final Pattern PERCENT = Pattern.compile("([0-9]+)%");
    private static final GroupedFile GROUPS = new GroupedFile(400_000, 400_000, 12, 60, 9, 0);
    /** A job that takes hours. */
    private static final String ENDLESS = Manifests.generated(100_000, 200_000);

    @RegisterExtension
    final Workbench bench = new Workbench();

    /** Runs a command whose standard error is a terminal of 60 columns; its standard output goes to a file. */
    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        return start(" > out", environment, arguments);
    }

    private Process start(String redirection, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(FilejobJvm.command("-Xmx256m"));
        command.add("io.filejob.cli.Main");
        command.addAll(Arrays.asList(arguments));
        String shell = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "stty cols 60; exec ", redirection));
        ProcessBuilder builder = new ProcessBuilder(
                        Interrupts.allowedFor(List.of("script", "-qefc", shell, "/dev/null")))
                .directory(bench.folder().toFile())
                .redirectOutput(bench.path("terminal").toFile())
                .redirectErrorStream(true);
        builder.environment().put("TMPDIR", bench.temporary().toString());
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String shown() throws IOException {
        return Files.readString(bench.path("terminal"), UTF_8);
    }

    private static void endWith(Process process, int status) throws InterruptedException {
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
    }

    private static int percent(String frame) {
        return Integer.parseInt(frame.substring(0, frame.indexOf('%')));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theProgressOfAnAggregationThatSpillsGrowsToAHundredPercent(boolean processes) throws Exception {
        List<String> expected = GROUPS.write(bench.path("in.csv"), new SplittableRandom(7));
        bench.manifest("job.yaml", GROUPS.spec(2, "16Mi", "16Mi"));
        Process run = processes
                ? start(Map.of("NO_COLOR", "1"), "run", "--processes", "job.yaml")
                : start(Map.of("NO_COLOR", "1"), "run", "job.yaml");
        endWith(run, 0);
        assertThat(Files.readAllLines(bench.path("out.csv"), US_ASCII)).isEqualTo(expected);

        String shown = shown();
        List<String> frames = Arrays.stream(shown.split("\r"))
                .filter(frame -> frame.endsWith(END_OF_FRAME))
                .map(frame -> frame.substring(0, frame.length() - END_OF_FRAME.length()))
                .toList();
        assertThat(frames).allSatisfy(frame -> assertThat(frame.length()).isLessThan(60));
        assertThat(frames.getLast()).as("the line is removed").isEmpty();
        assertThat(shown).endsWith("\r" + END_OF_FRAME).doesNotContain("\n");
        List<String> texts =
                frames.stream().filter(frame -> frame.contains("%")).toList();
        List<Integer> percents = texts.stream().map(TerminalTest::percent).toList();
        assertThat(percents).isSorted().endsWith(100);
        assertThat(texts)
                .anyMatch(text -> text.matches("[0-9]+% · (step [0-9] of [0-9] · )?[0-9.]+ of [0-9.]+ MB · .*"));
    }

    /** A page whose first range is read, and whose others the server holds back. */
    @Test
    void aSliceInProgressCounts() throws Exception {
        String row = "key,12345\n";
        byte[] page = ("key,value\n" + row.repeat(ROWS)).getBytes(US_ASCII);
        try (PageServer server = new PageServer()) {
            String uri = server.put("page.csv", page);
            server.hold("page.csv");
            bench.manifest("job.yaml", """
                    workers: 1, input: {files: ['%s'], sliceBytes: 64Mi}, network: {allowPrivate: [127.0.0.1]},
                      operation: {aggregate: {groupBy: [key], measures: [{function: count}]}}, output: {uri: out.csv}\
                    """.formatted(uri));
            Process run = start(Map.of(), "run", "job.yaml");
            Moments.until("a part of the slice counts", () -> {
                try {
                    return PERCENT.matcher(shown()).results().anyMatch(shown -> Integer.parseInt(shown.group(1)) > 0);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            server.release();
            endWith(run, 0);
        }
        assertThat(bench.path("out.csv")).hasContent("key,count\nkey," + ROWS);
    }

    @Test
    void ctrlCLeavesACleanLine() throws Exception {
        bench.manifest("job.yaml", ENDLESS);
        Process run = start(Map.of(), "run", "job.yaml");
        Moments.until("there is progress", () -> {
            try {
                return shown().contains("%");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        run.getOutputStream().write(3);
        run.getOutputStream().flush();
        endWith(run, 130);
        assertThat(shown()).endsWith("\r" + END_OF_FRAME + "filejob: interrupted\r\n");
        bench.assertNoScratch();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o csv", "-o -"})
    void aTerminalGetsTheOutputWithoutControlCharactersAndAFileItsBytes(String option) throws Exception {
        String name = "\u001b]0;title\u0007é\t\u009b2J";
        bench.write("in.csv", "song,plays\n" + name + ",1\n");
        String[] command = ("aggregate --by song --sum plays in.csv " + option).split(" ");

        endWith(start(" 2> err", Map.of(), command), 0);
        assertThat(shown()).contains("\ufffd]0;title\ufffdé \ufffd2J,1").doesNotContain("\u001b", "\u0007", "\u009b");

        endWith(start(Map.of(), command), 0);
        assertThat(bench.path("out")).hasContent("song,sum(plays)\n" + name + ",1\n");
    }

    @Test
    void aDumbTerminalGetsLines() throws Exception {
        bench.manifest("job.yaml", ENDLESS);
        Process run = start(Map.of("TERM", "dumb"), "run", "job.yaml");
        Moments.until("there is progress", () -> {
            try {
                return shown().contains("left");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        run.getOutputStream().write(3);
        run.getOutputStream().flush();
        endWith(run, 130);
        assertThat(shown()).contains(" left\r\n").doesNotContain("\u001b");
    }
}
