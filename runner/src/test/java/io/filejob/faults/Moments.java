package io.filejob.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Moments at which something is done to a process. None comes unless the process is still there. */
final class Moments {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(2);

    private Moments() {}

    /** When {@code condition} holds; {@code what} says what it is. */
    static void until(String what, BooleanSupplier condition) {
        await(what).atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(POLL).until(condition::getAsBoolean);
    }

    /** When {@code worker} is at a slice. */
    static void atSlice(FilejobProcess worker, Path inFlight) {
        atSlice(worker, inFlight, 0);
    }

    /** When {@code worker} is at slice {@code least} or a later one. */
    static void atSlice(FilejobProcess worker, Path inFlight, int least) {
        during(worker, "at slice " + least, () -> slice(inFlight).orElse(-1) >= least);
    }

    /** When there is a ledger. */
    static void committed(FilejobProcess process, Ledgers ledgers) {
        during(process, "slices are committed", () -> !ledgers.all().isEmpty());
    }

    /** When so many children of {@code run --processes} are at slices from {@code least} on. */
    static void childrenAtSlices(FilejobProcess run, int children, Path temporary, int least) {
        during(
                run,
                "children are at slices",
                () -> count(
                                temporary,
                                file -> name(file).startsWith("in-flight-")
                                        && slice(file).orElse(-1) >= least)
                        == children);
    }

    /** When threads of {@code run} write generated files, number {@code least} or later. */
    static void generatedFile(FilejobProcess run, Path temporary, int least) {
        during(
                run,
                "files are generated",
                () -> count(
                                temporary,
                                file -> name(file).matches("file-[0-9]+\\.txt")
                                        && Integer.parseInt(name(file).replaceAll("[^0-9]", "")) >= least)
                        > 0);
    }

    private static void during(FilejobProcess process, String what, BooleanSupplier condition) {
        AtomicBoolean met = new AtomicBoolean();
        until(what, () -> {
            met.set(condition.getAsBoolean());
            return met.get() || !process.isAlive();
        });
        if (!met.get() || !process.isAlive()) {
            throw new AssertionError("ended before " + what + ": " + process.end());
        }
    }

    /** The number in a worker's in-flight file, if it is there and holds one. */
    static OptionalInt slice(Path inFlight) {
        try {
            String text = Files.exists(inFlight) ? Files.readString(inFlight).strip() : "";
            return text.matches("[0-9]+") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static long count(Path temporary, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.find(temporary, 3, (path, _) -> wanted.test(path))) {
            return files.count();
        } catch (IOException | UncheckedIOException e) {
            // A file went while it was looked at.
            return 0;
        }
    }
}
