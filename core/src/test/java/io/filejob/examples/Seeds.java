package io.filejob.examples;

import java.util.SplittableRandom;

/** Repeats a check with random examples. */
public final class Seeds {
    /** A check of one example. */
    @FunctionalInterface
    public interface Check {
        /** Draws the example from {@code random}. */
        void run(SplittableRandom random) throws Exception;
    }

    private Seeds() {}

    /** Runs {@code check} with the seeds 1 to {@code count}; throws {@link AssertionError} with the seed that fails. */
    public static void repeat(int count, Check check) {
        for (long seed = 1; seed <= count; seed++) {
            try {
                check.run(new SplittableRandom(seed));
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** Returns one of {@code values}. */
    @SafeVarargs
    public static <T> T pick(SplittableRandom random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
