package io.filejob.profile;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.storage.temporary.TemporaryFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Recordings of another process of this machine by its own JDK Flight Recorder, which {@code jcmd} controls. */
public final class ProcessRecording {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ProcessRecording() {}

    /**
     * Records the process with ID {@code process} for {@code duration}, or until it ends, and returns its {@link Stacks}.
     * Fails with {@link ExitCode#UNAVAILABLE} if this user cannot attach to it.
     */
    public static String record(long process, Duration duration) throws InterruptedException {
        ProcessHandle handle = ProcessHandle.of(process)
                .orElseThrow(() -> new JobFailedException(ExitCode.UNAVAILABLE, "there is no process " + process));
        String name = "filejob-" + UUID.randomUUID();
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            Path file = temporary.path().resolve("process.jfr");
            List<String> start = new ArrayList<>(List.of("JFR.start", "name=" + name, "settings=none"));
            if (FlightRecording.HAS_CPU_TIME) {
                start.add("+jdk.CPUTimeSample#enabled=true");
                start.add("+jdk.CPUTimeSample#throttle=" + FlightRecording.INTERVAL.toMillis() + "ms");
            } else {
                start.add("+jdk.ExecutionSample#enabled=true");
                start.add("+jdk.ExecutionSample#period=" + FlightRecording.INTERVAL.toMillis() + " ms");
            }
            start.addAll(List.of("filename=" + file, "dumponexit=true"));
            jcmd(process, temporary.path(), start);
            boolean ended = await(handle, duration);
            if (!ended) {
                jcmd(process, temporary.path(), List.of("JFR.stop", "name=" + name, "filename=" + file));
            }
            return FlameGraphs.collapsed(file);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.UNAVAILABLE, "process " + process + " cannot be recorded: " + IoReason.of(e), e);
        }
    }

    /** Returns whether the process ends within {@code duration}. */
    private static boolean await(ProcessHandle process, Duration duration) throws InterruptedException {
        try {
            process.onExit().get(duration.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void jcmd(long process, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(program)) {
            throw new IOException("there is no " + program + "; run filejob with a JDK that has jcmd");
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), Long.toString(process)));
        command.addAll(arguments);
        Path log = folder.resolve("jcmd.log");
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!running.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            running.destroyForcibly();
            throw new IOException("it does not respond");
        }
        String answer = Files.readString(log, StandardCharsets.UTF_8);
        if (running.exitValue() != 0
                || answer.contains("Exception")
                || answer.contains("Could not")
                || answer.contains("Warning!")) {
            throw new IOException(answer.lines().skip(1).findFirst().orElse("jcmd ended with " + running.exitValue()));
        }
    }
}
