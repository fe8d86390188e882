package io.filejob.kube;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How often and for how long requests are repeated: twice as long a pause each time, by chance up to half of it less, so
 * that workers do not come back all at once. Safe to use from any thread.
 */
final class Retries {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    /** Pods have 30 seconds to end in, unless they are told otherwise. */
    private static final Duration HURRY = Duration.ofSeconds(12);

    private static final Duration HURRIED_PAUSE = Duration.ofMillis(500);

    private final Clock clock;
    private final Duration patience;
    private final CountDownLatch hurried = new CountDownLatch(1);
    private volatile Instant last = Instant.MAX;

    Retries(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** From now on there are only a few seconds left for everything. */
    void hurry() {
        last = clock.instant().plus(HURRY);
        hurried.countDown();
    }

    /** A request that is about to be sent. */
    Attempts attempts() {
        return new Attempts(clock.instant().plus(patience));
    }

    /** The attempts at one request. For one thread. */
    final class Attempts {
        private final Instant end;
        private Duration next = FIRST;

        private Attempts(Instant end) {
            this.end = end;
        }

        /** Whether there is time for one more, and if so, waits for its moment, {@code least} or longer. */
        boolean another(Duration least) {
            long nanos = next.toNanos() / 2 + ThreadLocalRandom.current().nextLong(next.toNanos() / 2 + 1);
            Duration pause = least.toNanos() > nanos ? least : Duration.ofNanos(nanos);
            next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
            Instant now = clock.instant();
            if (now.plus(pause).isAfter(end) || !now.isBefore(last)) {
                // A server that was given up once is not waited for again: later requests get one attempt each.
                last = last.isBefore(now) ? last : now;
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
                throw new JobFailure(ExitCode.INTERRUPTED, "interrupted while the API server did not answer", e);
            }
        }
    }
}
