package io.filejob.operator;

import io.filejob.time.MonotonicClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/**
 * Produces the operator's only clocks: the system clock in UTC, for times that Kubernetes or users compare with others,
 * and one {@link ForIntervals}.
 */
final class ClockProducer {
    @Produces
    @ApplicationScoped
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @ApplicationScoped
    @ForIntervals
    Clock intervals() {
        return MonotonicClock.startingAt(Clock.systemUTC());
    }
}
