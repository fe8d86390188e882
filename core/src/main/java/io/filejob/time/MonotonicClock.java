package io.filejob.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock for intervals: it begins at the time of the wall clock and then runs evenly, even if the wall clock is
 * changed. Safe to use from any thread.
 */
public final class MonotonicClock extends Clock {
    private final Instant start;
    private final LongSupplier nanoTime;
    private final long startNanos;

    /** Creates a clock; {@code nanoTime} returns nanoseconds as {@link System#nanoTime} does. */
    public MonotonicClock(Instant start, LongSupplier nanoTime) {
        this.start = start;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** Returns a clock that begins at the time of {@code wall}. */
    public static Clock startingAt(Clock wall) {
        return new MonotonicClock(wall.instant(), System::nanoTime);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanoTime.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only intervals are measured");
    }
}
