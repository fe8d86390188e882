package io.filejob.service.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the requests of each caller: a number at once, which is refilled at a constant rate. The callers that were active
 * last are remembered. Thread-safe.
 */
final class RateLimit {
    private static final int MAX_CALLERS = 10_000;
    private static final long SECOND = 1_000_000_000;

    /** The time between two requests at the constant rate, in nanoseconds. */
    private final long interval;
    /** How long before its time at the constant rate a request may come, in nanoseconds. */
    private final long advance;

    private final LongSupplier nanoTime;
    /** The time of the next request at the constant rate, by the name of the caller. */
    private final Map<String, Long> due = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_CALLERS;
        }
    };

    /**
     * Creates a limit of {@code burst} requests at once and {@code perSecond} requests per second.
     *
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
        this.interval = SECOND / perSecond;
        this.advance = interval * (burst - 1);
        this.nanoTime = nanoTime;
    }

    /** Counts a request of {@code caller}; returns zero if it is admitted, else the time after which the next one is. */
    synchronized Duration take(String caller) {
        long now = nanoTime.getAsLong();
        long ahead = Math.max(0, due.getOrDefault(caller, now) - now);
        if (ahead > advance) {
            return Duration.ofNanos(ahead - advance);
        }
        due.put(caller, now + ahead + interval);
        return Duration.ZERO;
    }
}
