package io.filejob.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@code filejob} command in a separate process. Signals are real. */
final class FilejobProcess {
    /** Time after which a process counts as stuck. */
    private static final long LIMIT_SECONDS = 180;

    private final Process process;
    private final Path out;
    private final Path err;

    FilejobProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** The end of a command. */
    record End(int status, String out, String err) {
        /** Returns the FileJob that {@code -o json} printed. */
        JsonNode json() {
            try {
                return JsonMapper.builder().build().readTree(out);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + this, e);
            }
        }

        /** Returns the status of {@link #json} without times and W, which may differ between runs. */
        JsonNode timelessStatus() {
            ObjectNode status = (ObjectNode) json().path("status");
            status.remove(List.of("startTime", "completionTime", "workers"));
            status.withObject("/summary").remove(List.of("duration", "rowsPerSecond"));
            status.path("conditions").forEach(each -> ((ObjectNode) each).remove("lastTransitionTime"));
            return status;
        }

        /** Checks the exit status and returns this. */
        End with(int expected) {
            assertThat(status).as("exit status of %s", this).isEqualTo(expected);
            return this;
        }
    }

    /** Waits for its end. */
    End end() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + end(-1));
            }
            return end(process.exitValue());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private End end(int status) {
        try {
            return new End(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether it ends by itself within {@code milliseconds}. */
    boolean endsWithin(long milliseconds) {
        try {
            return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Sends {@code kill -9} to the process, which must not have ended before. */
    void kill() {
        process.destroyForcibly().onExit().join();
        end().with(128 + 9);
    }

    /** Sends {@code kill -STOP}, {@code -CONT}, {@code -TERM} or {@code -INT} to the process, which must exist. */
    void signal(String name) {
        signal(name, List.of(handle()));
    }

    /** Sends the same signal to several processes, as their terminal does. */
    static void signal(String name, List<ProcessHandle> processes) {
        // The command is built into every shell, but not every machine has it as a program.
        StringBuilder command = new StringBuilder("kill -" + name);
        processes.forEach(each -> command.append(' ').append(each.pid()));
        try {
            Process kill = new ProcessBuilder("sh", "-c", command.toString())
                    .redirectErrorStream(true)
                    .start();
            String complaint = new String(kill.getInputStream().readAllBytes(), UTF_8);
            assertThat(kill.waitFor()).as("%s: %s", command, complaint).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        if (name.equals("STOP")) {
            // One thread receives the signal; until it is scheduled, the others go on.
            Moments.until("all threads are suspended", () -> processes.stream().allMatch(FilejobProcess::isSuspended));
        }
    }

    private static boolean isSuspended(ProcessHandle process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return threads.allMatch(FilejobProcess::isThreadSuspended);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether the state, which follows the name in parentheses (proc_pid_stat(5)), is that of a stopped thread. */
    private static boolean isThreadSuspended(Path thread) {
        try {
            String text = Files.readString(thread.resolve("stat"));
            return text.startsWith(") T", text.lastIndexOf(')'));
        } catch (IOException e) {
            // The thread has ended meanwhile.
            return true;
        }
    }

    /** Returns whether the process has a thread of this name, of at most 15 characters. */
    boolean hasThread(String name) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return threads.anyMatch(thread -> isNamed(thread, name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isNamed(Path thread, String name) {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(name);
        } catch (IOException e) {
            // The thread has ended meanwhile.
            return false;
        }
    }

    /** Kills the process after a test. */
    void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
