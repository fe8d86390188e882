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

/** A {@code filejob} command in a process of its own. Signals are the real ones. */
final class FilejobProcess {
    /** A process that takes longer is stuck. */
    private static final long LIMIT_SECONDS = 180;

    private final Process process;
    private final Path out;
    private final Path err;

    FilejobProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How a command ended. */
    record End(int status, String out, String err) {
        /** The FileJob that {@code -o json} printed. */
        JsonNode json() {
            try {
                return JsonMapper.builder().build().readTree(out);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + this, e);
            }
        }

        /** The status of {@link #json} but for times and W, which nothing promises to be the same. */
        JsonNode timelessStatus() {
            ObjectNode status = (ObjectNode) json().path("status");
            status.remove(List.of("startTime", "completionTime", "workers"));
            status.withObject("/summary").remove(List.of("duration", "rowsPerSecond"));
            status.path("conditions").forEach(each -> ((ObjectNode) each).remove("lastTransitionTime"));
            return status;
        }

        /** This, if it ended so. */
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

    /** Whether it ends by itself within so many milliseconds. */
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

    /** {@code kill -9}, and it did not end by itself before. */
    void kill() {
        process.destroyForcibly();
        end().with(128 + 9);
    }

    /** {@code kill -STOP}, {@code -CONT}, {@code -TERM}, {@code -INT}. The process must be there. */
    void signal(String name) {
        signal(name, List.of(handle()));
    }

    /** The same signal to several, as from the terminal they run in. */
    static void signal(String name, List<ProcessHandle> processes) {
        // Every shell has this command built in; not every machine has it as a program.
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
    }

    /** For cleaning up. */
    void destroy() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        endsWithin(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }
}
