package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.failure.ExitCode;
import io.filejob.profile.FlamePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flame graphs of jobs with rows that take some seconds of CPU time. */
final class ProfileOptionTest {
    private static final int ROWS = 3_000_000;
    private static final String HOT_LOOP = "io.filejob.aggregate.";

    /** The status of a job with at least ten finished slices. */
    private static final Pattern DONE = Pattern.compile("\"done\" : [0-9]{2,}");

    @TempDir
    Path folder;

    private Path manifest;

    @BeforeEach
    void aJob() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder rows = new StringBuilder("station,temperature\n");
        for (int row = 0; row < ROWS; row++) {
            rows.append("station ")
                    .append(random.nextInt(400))
                    .append(',')
                    .append(random.nextInt(1000))
                    .append('\n');
        }
        Files.writeString(folder.resolve("in.csv"), rows);
        manifest = Files.writeString(folder.resolve("job.yaml"), job("in.csv"));
    }

    private static String job(String file) {
        return """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: stations}
                spec:
                  workers: 2
                  input: {files: [%s], sliceBytes: 4Mi}
                  operation:
                    aggregate: {groupBy: [station], measures: [{function: max, column: temperature}]}
                  output: {uri: out.csv}
                """.formatted(file);
    }

    private Path flame() {
        return folder.resolve("flame.html");
    }

    private End run(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--quiet", "--profile", flame().toString(), manifest.toString()));
        arguments.addAll(List.of(options));
        return End.of(arguments.toArray(String[]::new));
    }

    @Test
    void theGraphOfThreadsHasTheFramesOfTheHotLoop() throws Exception {
        End end = run();
        assertThat(end.err()).isEmpty();
        assertThat(end.status()).isZero();
        assertThat(Files.readString(flame())).contains("FileJob stations: ").contains("for every 10 ms of CPU time");
        assertThat(FlamePage.stacks(flame())).contains("io.filejob.worker.Worker.run", HOT_LOOP);
        assertThat(folder).isDirectoryNotContaining("glob:**.new").isDirectoryNotContaining("glob:**-worker-*");
    }

    @Test
    void eachWorkerProcessHasAGraphAndTheJobHasAllOfThem() throws Exception {
        End end = filejob("--processes");
        assertThat(end.err()).isEmpty();
        assertThat(end.status()).isZero();
        for (String name : List.of("flame.html", "flame-worker-0.html", "flame-worker-1.html")) {
            assertThat(FlamePage.stacks(folder.resolve(name))).contains(HOT_LOOP);
        }
        assertThat(Files.readString(folder.resolve("flame-worker-1.html"))).contains("FileJob stations, worker 1: ");
        assertThat(samples("flame.html"))
                .isGreaterThanOrEqualTo(samples("flame-worker-0.html") + samples("flame-worker-1.html"));
    }

    private long samples(String name) throws IOException {
        String page = Files.readString(folder.resolve(name));
        String digits = page.replaceAll("(?s).*?: ([0-9,]+) samples.*", "$1").replace(",", "");
        return Long.parseLong(digits);
    }

    /** Runs the command in a process of its own, since workers inherit the options of its JVM. */
    private End filejob(String... options) throws Exception {
        List<String> command = new ArrayList<>(FilejobJvm.command("-Xmx256m"));
        command.addAll(List.of("io.filejob.cli.Main", "run", "--quiet", "--profile", flame().toString()));
        command.addAll(List.of(options));
        command.add(manifest.toString());
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly().onExit().join();
        }
        return new End(process.exitValue(), "", Files.readString(err));
    }

    @Test
    void aFailedJobLeavesItsGraph() throws Exception {
        Files.writeString(folder.resolve("in.csv"), Files.readString(folder.resolve("in.csv")) + "station 1,warm\n");
        for (boolean processes : new boolean[] {false, true}) {
            Files.deleteIfExists(flame());
            End end = processes ? filejob("--processes") : run();
            assertThat(end.status()).isEqualTo(ExitCode.BAD_INPUT.number());
            assertThat(end.err()).contains("warm");
            assertThat(FlamePage.stacks(flame())).contains(HOT_LOOP);
        }
    }

    @Test
    void aSignalLeavesAGraph() throws Exception {
        Files.delete(folder.resolve("in.csv"));
        Files.writeString(manifest, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: endless}
                spec:
                  workers: 2
                  input: {generate: {files: 1000000, entriesPerFile: 1000, filesPerSlice: 100}}
                  operation: {average: {}}
                """);
        Path status = folder.resolve("status.json");
        List<String> command = new ArrayList<>(FilejobJvm.command("-Xmx256m"));
        command.addAll(
                List.of("io.filejob.cli.Main", "run", "--quiet", "--processes", "--status-file", status.toString()));
        command.addAll(List.of("--profile", flame().toString(), manifest.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.exists(status)
                            && DONE.matcher(Files.readString(status)).find());
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly().onExit().join();
        }
        assertThat(process.exitValue()).isEqualTo(ExitCode.TERMINATED.number());
        assertThat(FlamePage.stacks(flame())).contains("io.filejob.worker.Worker.run");
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheRunBeforeTheWork() throws Exception {
        for (Path impossible : List.of(folder, folder.resolve("missing/flame.html"))) {
            End end = End.of("run", "--quiet", "--profile", impossible.toString(), manifest.toString());
            assertThat(end.status()).isEqualTo(ExitCode.NO_OUTPUT.number());
            assertThat(end.err()).startsWith("filejob: --profile: " + impossible + " cannot be written: ");
            assertThat(folder.resolve("out.csv")).doesNotExist();
        }
    }

    @Test
    void aFileThatTheJobReadsIsNotOverwritten() throws Exception {
        Path input = folder.resolve("in.csv");
        long size = Files.size(input);
        End end = End.of("run", "--quiet", "--profile", input.toString(), manifest.toString());
        assertThat(end.status()).isEqualTo(ExitCode.USAGE.number());
        assertThat(end.err()).contains("--profile: ").contains("is one of the input files");
        assertThat(input).hasSize(size);
    }
}
