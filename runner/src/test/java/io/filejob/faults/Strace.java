package io.filejob.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** The program that makes single system calls of a process fail. */
final class Strace {
    private static final Path SCRIPT =
            Path.of("..", "scripts", "strace").toAbsolutePath().normalize();

    private Strace() {}

    private static final class Holder {
        private static final String PATH = find();
    }

    /** Returns its path; it is installed if it is missing. */
    static String path() {
        return Holder.PATH;
    }

    private static String find() {
        try {
            Process script = new ProcessBuilder(SCRIPT.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String path = new String(script.getInputStream().readAllBytes(), UTF_8).strip();
            assertThat(script.waitFor()).as("exit status of %s", SCRIPT).isZero();
            return path;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
