package io.filejob.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processes that SIGINT ends, whoever runs the tests. */
public final class Interrupts {
    private Interrupts() {}

    /** A shell that runs tests in the background makes them ignore SIGINT, and so would what they start. */
    public static List<String> allowedFor(List<String> command) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            boolean ignored = lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
            return ignored
                    ? Stream.concat(Stream.of("env", "--default-signal=INT"), command.stream())
                            .toList()
                    : command;
        } catch (IOException e) {
            // Not Linux.
            return command;
        }
    }
}
