package io.filejob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command in a process of its own, in a folder and with an environment, as a shell does. */
final class CommandProcess {
    private static final long LIMIT_SECONDS = 120;

    private CommandProcess() {}

    /** Runs a command with an empty standard input and returns its end. */
    static End run(Path folder, Map<String, String> environment, List<String> arguments) {
        return run(folder, environment, arguments, Path.of("/dev/null"));
    }

    /** Runs a command with the file {@code in} as its standard input and returns its end. */
    static End run(Path folder, Map<String, String> environment, List<String> arguments, Path in) {
        try {
            Path out = Files.createTempFile(folder, ".out", null);
            End end = run(folder, environment, arguments, in, out);
            End whole = new End(end.status(), Files.readString(out, UTF_8), end.err());
            Files.delete(out);
            return whole;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a command between the files {@code in} and {@code out} and returns its end without its output. */
    static End run(Path folder, Map<String, String> environment, List<String> arguments, Path in, Path out) {
        List<String> command = new ArrayList<>(FilejobJvm.command("-Xmx256m"));
        command.add(Main.class.getName());
        command.addAll(arguments);
        try {
            Path err = Files.createTempFile(folder, ".err", null);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("DATABASE_URL"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            End end = new End(process.exitValue(), "", Files.readString(err, UTF_8));
            Files.delete(err);
            return end;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
