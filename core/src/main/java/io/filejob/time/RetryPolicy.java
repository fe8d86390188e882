package io.filejob.time;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits and delays of retries with exponential back-off: each delay is twice as long as the one before, and randomly
 * shortened, so that workers do not all return at the same time. A change of the wall clock has no effect.
 *
 * @param maxAttempts maximum number of attempts, including the first one
 * @param firstDelay the delay after the first failed attempt, before it is shortened
 * @param maxDelay maximum delay
 * @param jitter the share of a delay that is random, from 0 (none of it) to 1 (all of it)
 * @param deadline maximum time from the start of the first attempt to the start of the last one; null if unlimited
 */
public record RetryPolicy(
        int maxAttempts,
        Duration firstDelay,
        Duration maxDelay,
        double jitter,
        @Nullable Duration deadline) {
    /** Waits for a delay, or less. */
    @FunctionalInterface
    public interface Pause {
        /** Returns after {@code delay}. */
        void await(Duration delay) throws InterruptedException;
    }

    /** Returns the same policy with at most {@code limit} attempts. */
    public RetryPolicy atMost(int limit) {
        return new RetryPolicy(Math.min(maxAttempts, limit), firstDelay, maxDelay, jitter, deadline);
    }

    /** Begins the first attempt; {@code interrupted} is the message of the failure if a delay is interrupted. */
    public Attempts begin(String interrupted) {
        return begin(interrupted, Thread::sleep, System::nanoTime);
    }

    /** Like {@link #begin(String)}, with other delays, and a clock as {@link System#nanoTime}. */
    public Attempts begin(String interrupted, Pause pause, LongSupplier nanoTime) {
        return new Attempts(this, interrupted, pause, nanoTime);
    }

    /** The attempts at one action. For one thread. */
    public static final class Attempts {
        private final RetryPolicy policy;
        private final String interrupted;
        private final Pause pause;
        private final LongSupplier nanoTime;
        private final long start;
        private int failed;
        private Duration next;
        private Duration chosen = Duration.ZERO;

        private Attempts(RetryPolicy policy, String interrupted, Pause pause, LongSupplier nanoTime) {
            this.policy = policy;
            this.interrupted = interrupted;
            this.pause = pause;
            this.nanoTime = nanoTime;
            this.start = nanoTime.getAsLong();
            this.next = shorter(policy.firstDelay(), policy.maxDelay());
        }

        /** Returns the number of failed attempts. */
        public int failed() {
            return failed;
        }

        /** Counts a failed attempt; returns whether another one may follow, after {@link #pause}. */
        public boolean fail() {
            return fail(Duration.ZERO, Integer.MAX_VALUE);
        }

        /**
         * Counts a failed attempt; returns whether another one may follow, after {@link #pause}. The delay is at least
         * {@code minDelay}, and {@code maxAttempts} is a limit for the kind of this failure.
         */
        public boolean fail(Duration minDelay, int maxAttempts) {
            failed++;
            long random = (long) (next.toNanos() * policy.jitter());
            Duration delay = next.minusNanos(ThreadLocalRandom.current().nextLong(random + 1));
            next = shorter(next.multipliedBy(2), policy.maxDelay());
            chosen = delay.compareTo(minDelay) < 0 ? minDelay : delay;
            Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
            return failed < Math.min(policy.maxAttempts(), maxAttempts)
                    && (policy.deadline() == null || elapsed.plus(chosen).compareTo(policy.deadline()) <= 0);
        }

        /** Returns the delay before the next attempt. */
        public Duration delay() {
            return chosen;
        }

        /**
         * Waits for the delay before the next attempt. Throws {@link JobFailedException} with {@link
         * ExitCode#INTERRUPTED} if the thread is interrupted.
         */
        public void pause() {
            try {
                pause.await(chosen);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobFailedException(ExitCode.INTERRUPTED, interrupted, e);
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
