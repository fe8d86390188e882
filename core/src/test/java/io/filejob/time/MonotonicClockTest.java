package io.filejob.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Delays and intervals do not depend on the wall clock. */
final class MonotonicClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void itGoesOnFromTheWallClocksTimeWithTheCounter() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        MonotonicClock clock = new MonotonicClock(START, nanos::get);
        assertThat(clock.instant()).isEqualTo(START);
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        assertThat(clock.instant()).as("the counter has overflowed").isEqualTo(START.plusSeconds(90));
    }
}
