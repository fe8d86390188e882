package io.filejob.storage.fetch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that is left for one file. For one thread. */
final class TimeBudget {
    private final LongSupplier nanoTime;
    private long end;

    TimeBudget(Duration time, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + time.toNanos();
    }

    /** Adds time that the file waited for its turn. */
    void extend(long nanos) {
        end += nanos;
    }

    Duration left() {
        return Duration.ofNanos(end - nanoTime.getAsLong());
    }

    boolean isLeft() {
        return left().isPositive();
    }
}
