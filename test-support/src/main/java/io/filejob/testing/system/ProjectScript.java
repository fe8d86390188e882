package io.filejob.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A script of the project that finds or installs something and prints where it is. */
public final class ProjectScript {
    private ProjectScript() {}

    /** Runs {@code scripts/NAME} of the project at {@code root}, and returns the path that it prints. */
    public static Path find(Path root, String name) {
        try {
            Process script = new ProcessBuilder(
                            root.resolve("scripts").resolve(name).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String found = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (script.waitFor() != 0) {
                throw new IllegalStateException("scripts/" + name + " failed");
            }
            return Path.of(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
