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

/** Waits for the moments at which a test acts on a process. A wait with a process fails if the process ends before. */
final class Moments {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(2);

    private Moments() {}

    /** Waits until {@code condition} holds; {@code what} describes it. */
    static void until(String what, BooleanSupplier condition) {
        await(what).atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(POLL).until(condition::getAsBoolean);
    }

    /** Waits until {@code worker} processes a slice. */
    static void atSlice(FilejobProcess worker, Path inFlight) {
        atSlice(worker, inFlight, 0);
    }

    /** Waits until {@code worker} processes slice {@code least} or a later one. */
    static void atSlice(FilejobProcess worker, Path inFlight, int least) {
        during(worker, "at slice " + least, () -> slice(inFlight).orElse(-1) >= least);
    }

    /** Waits until there is a ledger. */
    static void committed(FilejobProcess process, Ledgers ledgers) {
        during(process, "slices are committed", () -> !ledgers.all().isEmpty());
    }

    /** Waits until {@code children} child processes of {@code run --processes} process slices from {@code least} on. */
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

    /** Waits until threads of {@code run} write generated files, number {@code least} or later. */
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

    /** Returns the number in a worker's in-flight file, if it exists and contains one. */
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
            // A file was deleted while it was read.
            return 0;
        }
    }
}
