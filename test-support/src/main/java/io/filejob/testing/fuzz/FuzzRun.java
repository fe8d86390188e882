package io.filejob.testing.fuzz;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a check with random input for a limited time. Every iteration has its own seed. The first seed is printed at
 * the start, that of a failing iteration is contained in the failure.
 *
 * <p>System properties: {@code filejob.fuzz.seconds} is the time for each check (default {@value #DEFAULT_SECONDS});
 * {@code filejob.fuzz.seed} runs only the iteration with that seed; {@code filejob.fuzz.from} starts with that seed and
 * continues for the usual time.
 */
public final class FuzzRun {
    private static final int DEFAULT_SECONDS = 6;
    /** An iteration takes milliseconds; after this time, it is considered to hang on any machine. */
    private static final Duration MAX_ITERATION = Duration.ofSeconds(60);

    private final String name;
    private final Check check;

    /** A single iteration, which draws all random values from {@code random}. */
    @FunctionalInterface
    public interface Check {
        /** Throws any failure of the check. */
        void run(SplittableRandom random) throws Exception;
    }

    private FuzzRun(String name, Check check) {
        this.name = name;
        this.check = check;
    }

    /**
     * Repeats {@code check}; throws {@link AssertionError} with the seed of the first iteration that throws or hangs.
     */
    public static void repeat(String name, Check check) throws InterruptedException {
        new FuzzRun(name, check).run();
    }

    private void run() throws InterruptedException {
        Long only = Long.getLong("filejob.fuzz.seed");
        if (only != null) {
            iterate(only);
            return;
        }
        Duration time = Duration.ofSeconds(Integer.getInteger("filejob.fuzz.seconds", DEFAULT_SECONDS));
        long from = Long.getLong("filejob.fuzz.from", System.nanoTime());
        System.out.println("fuzz " + name + ": " + time.toSeconds() + " s from seed " + from);
        long begin = System.nanoTime();
        long seed = from;
        do {
            iterate(seed++);
        } while (System.nanoTime() - begin < time.toNanos());
        System.out.println("fuzz " + name + ": " + (seed - from) + " iterations");
    }

    /** Runs the iteration on a separate thread, so that an endless one can be reported. */
    private void iterate(long seed) throws InterruptedException {
        FutureTask<@Nullable Void> iteration = new FutureTask<>(() -> {
            check.run(new SplittableRandom(seed));
            return null;
        });
        Thread thread = Thread.ofPlatform().daemon().name("fuzz " + name).start(iteration);
        try {
            iteration.get(MAX_ITERATION.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed + replay(seed), e.getCause());
        } catch (TimeoutException e) {
            String where = Arrays.stream(thread.getStackTrace())
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining("\n    "));
            throw new AssertionError("seed " + seed + " hangs" + replay(seed) + "; it is at\n    " + where, e);
        } finally {
            iteration.cancel(true);
        }
    }

    private static String replay(long seed) {
        return ", run it alone with -Dfilejob.fuzz.seed=" + seed;
    }
}
