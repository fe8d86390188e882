package io.filejob.kubernetes;

import io.filejob.metrics.RetriedService;
import io.filejob.metrics.WorkCounters;
import io.filejob.time.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Retries of all requests to one API server. After the server was given up once, and in the last seconds of a pod, each
 * request gets one attempt. Safe to use from any thread.
 */
final class ApiRetries {
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);
    /** Time limit after {@link #hurry}; by default a pod is killed 30 seconds after its termination has begun. */
    private static final Duration HURRY = Duration.ofSeconds(12);

    private static final Duration MAX_HURRIED_DELAY = Duration.ofMillis(500);

    /** The time at which this object was created, to which all other times are relative. */
    private final long zero = System.nanoTime();

    private final RetryPolicy policy;
    private final CountDownLatch hurried = new CountDownLatch(1);
    private volatile long last = Long.MAX_VALUE;

    /** Creates retries that end {@code deadline} after the first attempt at a request. */
    ApiRetries(Duration deadline) {
        this.policy = new RetryPolicy(Integer.MAX_VALUE, FIRST_DELAY, MAX_DELAY, 0.5, deadline);
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
    RetryPolicy.Attempts begin() {
        return policy.begin("interrupted while the API server did not respond", this::pause, System::nanoTime);
    }

    /** Returns whether there is time for another attempt, and if so, waits for the delay, at least {@code minDelay}. */
    boolean another(RetryPolicy.Attempts attempts, Duration minDelay) {
        boolean allowed = attempts.fail(minDelay, Integer.MAX_VALUE);
        long now = now();
        if (!allowed || now >= last) {
            last = Math.min(last, now);
            return false;
        }
        WorkCounters.ofProcess().retry(RetriedService.API_SERVER);
        attempts.pause();
        return true;
    }

    private void pause(Duration delay) throws InterruptedException {
        if (hurried.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
            Thread.sleep(delay.compareTo(MAX_HURRIED_DELAY) > 0 ? MAX_HURRIED_DELAY : delay);
        }
    }
}
