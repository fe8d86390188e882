package io.filejob.kubernetes;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Limits of retries: each delay is twice as long as the one before, randomly shortened by up to half, so that workers
 * do not all return at the same time. A change of the wall clock has no effect. Safe to use from any thread.
 */
final class Retries {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);
    /** Time limit after {@link #hurry}; by default a pod is killed 30 seconds after its termination has begun. */
    private static final Duration HURRY = Duration.ofSeconds(12);

    private static final Duration HURRIED_PAUSE = Duration.ofMillis(500);

    /** The time at which this object was created, to which all other times are relative. */
    private final long zero = System.nanoTime();

    private final Duration patience;
    private final CountDownLatch hurried = new CountDownLatch(1);
    private volatile long last = Long.MAX_VALUE;

    Retries(Duration patience) {
        this.patience = patience;
    }

    private long now() {
        return System.nanoTime() - zero;
    }

    /** Limits all requests to the few seconds that are left from now on. */
    void hurry() {
        last = now() + HURRY.toNanos();
        hurried.countDown();
    }

    /** Begins the attempts at a new request. */
    Attempts attempts() {
        return new Attempts(now() + patience.toNanos());
    }

    /** The attempts at one request. For one thread. */
    final class Attempts {
        private final long end;
        private Duration next = FIRST;

        private Attempts(long end) {
            this.end = end;
        }

        /**
         * Returns whether there is time for another attempt, and if so, waits for the delay, at least {@code least}.
         */
        boolean another(Duration least) {
            long nanos = next.toNanos() / 2 + ThreadLocalRandom.current().nextLong(next.toNanos() / 2 + 1);
            Duration pause = least.toNanos() > nanos ? least : Duration.ofNanos(nanos);
            next = next.multipliedBy(2).compareTo(MAX_DELAY) > 0 ? MAX_DELAY : next.multipliedBy(2);
            long now = now();
            if (now + pause.toNanos() > end || now >= last) {
                // After the server was given up once, later requests get one attempt each.
                last = Math.min(last, now);
                return false;
            }
            sleep(pause);
            return true;
        }

        private void sleep(Duration pause) {
            try {
                if (hurried.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    Thread.sleep(pause.compareTo(HURRIED_PAUSE) > 0 ? HURRIED_PAUSE : pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobFailedException(
                        ExitCode.INTERRUPTED, "interrupted while the API server did not answer", e);
            }
        }
    }
}
