package io.filejob.e2e;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs as a user would, and keeps their output. */
final class Command {
    private static final long LIMIT_MINUTES = 5;

    private Command() {}

    /** The result of a program. */
    record Result(List<String> command, int exitCode, String out, String err) {
        /** Returns its standard output. Throws an error with its complete output if it failed. */
        String ok() {
            if (exitCode != 0) {
                throw new AssertionError(String.join(" ", command) + " ended with " + exitCode + "\n" + out + err);
            }
            return out;
        }
    }

    static Result run(List<String> command) {
        return run("", command);
    }

    /** Runs {@code command} with {@code input} as its standard input. */
    static Result run(String input, List<String> command) {
        try {
            Path folder = Files.createTempDirectory("filejob-e2e-");
            Path in = folder.resolve("in");
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            try {
                Files.writeString(in, input);
                Process process = new ProcessBuilder(command)
                        .directory(Cluster.ROOT.toFile())
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly().waitFor();
                }
                return new Result(command, process.exitValue(), read(out), read(err));
            } finally {
                for (Path file : List.of(in, out, err, folder)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException());
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
