package io.filejob.fuzz;

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
 * Repeats a check with random input for a bounded time. Every iteration has a seed of its own. The first one's is printed at
 * the start, that of a failing iteration in the failure.
 *
 * <p>System properties: {@code filejob.fuzz.seconds} is the time for each check (default {@value #DEFAULT_SECONDS});
 * {@code filejob.fuzz.seed} runs the iteration with that seed and no other; {@code filejob.fuzz.from} starts with that seed
 * and goes on for the usual time.
 */
public final class FuzzRun {
    private static final int DEFAULT_SECONDS = 6;
    /** A single iteration takes milliseconds; this long, on any machine, it hangs. */
    private static final Duration MAX_ITERATION = Duration.ofSeconds(60);

    private final String name;
    private final Check check;

    /** One iteration, which draws all that is random from {@code random}. */
    @FunctionalInterface
    public interface Check {
        /** Throws whatever is wrong. */
        void run(SplittableRandom random) throws Exception;
    }

    private FuzzRun(String name, Check check) {
        this.name = name;
        this.check = check;
    }

    /** Repeats {@code check}; {@link AssertionError} with the seed for the first iteration that throws or hangs. */
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

    /** On a thread of its own, so that one that hangs without end can be named. */
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
