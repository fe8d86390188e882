package io.filejob.faults;

import io.filejob.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs a command as {@link Main} does; at its end, writes the peak memory of the process in bytes to a file. */
final class MeasuredMain {
    /** Name of the system property with the path of the file. */
    static final String FILE = "filejob.test.peak";

    private MeasuredMain() {}

    public static void main(String[] arguments) {
        Path file = Path.of(Objects.requireNonNull(System.getProperty(FILE), FILE));
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> write(file)));
        Main.main(arguments);
    }

    private static void write(Path file) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line = lines.filter(each -> each.startsWith("VmHWM:"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the system does not report the peak memory"));
            Files.writeString(file, Long.toString(Long.parseLong(line.replaceAll("[^0-9]", "")) << 10));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
