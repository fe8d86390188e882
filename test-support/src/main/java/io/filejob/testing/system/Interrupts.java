package io.filejob.testing.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes processes end on SIGINT, however the tests were started. */
public final class Interrupts {
    private Interrupts() {}

    /**
     * Returns {@code command} with SIGINT enabled, because a shell that runs tests in the background makes them and
     * their children ignore it.
     */
    public static List<String> allowedFor(List<String> command) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            boolean ignored = lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
            return ignored
                    ? Stream.concat(Stream.of("env", "--default-signal=INT"), command.stream())
                            .toList()
                    : command;
        } catch (IOException e) {
            // The system is not Linux.
            return command;
        }
    }
}
