package io.filejob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.cli.FilejobJvm;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.testing.system.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A separate folder for a test, with a TMPDIR in it, and the processes that it starts there. They are deleted and
 * killed when the test ends.
 */
final class Workbench implements BeforeEachCallback, AfterEachCallback {
    private final List<FilejobProcess> started = new ArrayList<>();
    private @Nullable Path folder;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("faults-").toRealPath();
        Files.createDirectory(temporary());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        started.forEach(FilejobProcess::destroy);
        started.clear();
        TemporaryFolder.remove(folder());
    }

    /** Returns the test's folder. Commands run in it. */
    Path folder() {
        return Objects.requireNonNull(folder);
    }

    Path path(String relative) {
        return folder().resolve(relative);
    }

    /** Returns the default TMPDIR of commands. */
    Path temporary() {
        return path("tmp");
    }

    /** Returns the names in TMPDIR. */
    List<String> scratch() {
        return names(temporary());
    }

    /** Returns the names in a folder, in order. */
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a file in the test's folder. */
    Path write(String name, String content) {
        try {
            return Files.writeString(path(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a manifest in the test's folder. */
    Path manifest(String name, String spec) {
        return write(name, Manifests.of(spec));
    }

    /** Starts {@code filejob} with these arguments. */
    FilejobProcess start(Object... arguments) {
        return start(new How(), arguments);
    }

    /** Runs {@code filejob} with these arguments to its end. */
    FilejobProcess.End run(Object... arguments) {
        return start(arguments).end();
    }

    /** Starts {@code filejob} in special circumstances. */
    FilejobProcess start(How how, Object... arguments) {
        List<String> command = new ArrayList<>(how.before);
        command.addAll(jvm(how));
        command.add(how.pod == 0 ? "io.filejob.cli.Main" : MeasuredMain.class.getName());
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Path out = path("out-" + started.size());
        Path err = path("err-" + started.size());
        ProcessBuilder builder = new ProcessBuilder(Interrupts.allowedFor(command))
                .directory(folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("TMPDIR", (how.temporary == null ? temporary() : how.temporary).toString());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(how.environment);
        if (how.toolOptions != null) {
            builder.environment().put("JAVA_TOOL_OPTIONS", how.toolOptions);
        }
        try {
            FilejobProcess process = new FilejobProcess(builder.start(), out, err);
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the command of a JVM up to its class path. */
    private List<String> jvm(How how) {
        if (how.pod == 0) {
            List<String> options = new ArrayList<>(List.of("-Xmx256m"));
            options.addAll(how.options);
            return how.release == null
                    ? FilejobJvm.command(options)
                    : FilejobJvm.command(how.release.toAbsolutePath(), options);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(podOptions(how.pod));
        command.addAll(how.options);
        command.add("-D" + MeasuredMain.FILE + "=" + path("peak-" + started.size()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** Returns the JVM's options in a pod with a memory limit of {@code limit} bytes. */
    private static List<String> podOptions(long limit) {
        try (Stream<String> lines = Files.lines(Path.of("image/java-options"))) {
            return Stream.concat(
                            lines.filter(line -> line.startsWith("-")),
                            // The JVM takes this for the memory of its container.
                            Stream.of("-XX:MaxRAM=" + limit))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the peak memory in bytes of the process that was started last, which was one {@link How#pod}. */
    long peak() {
        try {
            return Long.parseLong(Files.readString(path("peak-" + (started.size() - 1))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The circumstances of a process. */
    static final class How {
        private final List<String> before = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();
        private @Nullable Path temporary;
        private @Nullable String toolOptions;
        private @Nullable Path release;
        private long pod;

        /** Uses the JVM's options of a pod with a memory limit of {@code bytes}, and measures the peak memory. */
        How pod(long bytes) {
            pod = bytes;
            return this;
        }

        /** Limits files to 4 or 8 KiB, as on a full disk. */
        How fullDisk() {
            before.addAll(List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"));
            return this;
        }

        /** Lets system calls fail as strace's {@code options} say; {@code log} will list them. */
        How failing(Path log, List<String> options) {
            before.addAll(List.of(Strace.path(), "-f", "-qq", "-y", "-o", log.toString()));
            before.addAll(options);
            return this;
        }

        /** Sets the process's umask, in octal. */
        How umask(String mask) {
            before.addAll(List.of("sh", "-c", "umask " + mask + "; exec \"$@\"", "sh"));
            return this;
        }

        /** Uses the release in {@code jar} instead of this one, with the libraries of this one. */
        How release(Path jar) {
            release = jar;
            return this;
        }

        How jvm(String option) {
            options.add(option);
            return this;
        }

        How temporary(Path path) {
            temporary = path;
            return this;
        }

        /** Adds these variables, and removes all inherited ones that begin with AWS_. */
        How environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        How toolOptions(String all) {
            toolOptions = all;
            return this;
        }
    }

    /** Checks that TMPDIR is empty. */
    void assertNoScratch() {
        assertThat(scratch()).as("left in TMPDIR").isEmpty();
    }
}
