package io.filejob.storage.fetch;

import io.filejob.storage.http.HostGuard;
import io.filejob.storage.http.WebClient;
import io.filejob.storage.http.WebLimits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that runs only during waits for a certain time, so that no test takes that time. */
final class TestTime {
    /** The size limit of {@link #fetches}. */
    static final int MAX_BYTES = 100_000;

    private final AtomicLong nanos = new AtomicLong();

    long nanoTime() {
        return nanos.get();
    }

    /** Returns the time since the beginning. */
    Duration passed() {
        return Duration.ofNanos(nanos.get());
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** Waits as {@link HostState} does: for the end of a pause, or for a notification. */
    // HostState calls this in a loop.
    @SuppressWarnings("WaitNotInLoop")
    void await(Object monitor, long time) throws InterruptedException {
        if (time == Long.MAX_VALUE) {
            monitor.wait();
        } else {
            nanos.addAndGet(time);
        }
    }

    /** Returns fetches of at most {@link #MAX_BYTES} bytes that use this clock, for all waits but those for responses. */
    WebFetch fetches(WebClient client) {
        return new WebFetch(
                client,
                new FetchLimits(MAX_BYTES, Duration.ofMinutes(2), 2),
                new HostTurns(2, this::nanoTime, this::await),
                text -> WebFetch.POLICY.begin(text, this::pass, this::nanoTime),
                this::nanoTime);
    }

    /** Returns a client for the hosts that {@code guard} allows. */
    static WebClient client(HostGuard guard) {
        return new WebClient(guard, WebLimits.DEFAULT);
    }
}
