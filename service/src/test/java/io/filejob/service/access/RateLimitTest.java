package io.filejob.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong time = new AtomicLong();
    private final RateLimit limit = new RateLimit(2, 3, time::get);

    @Test
    void aCallerMaySendSomeRequestsAtOnceAndThenWaits() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isEqualTo(Duration.ZERO);
        }
        assertThat(limit.take("a")).isEqualTo(Duration.ofMillis(500));
        pass(Duration.ofMillis(499));
        assertThat(limit.take("a")).isEqualTo(Duration.ofMillis(1));
        pass(Duration.ofMillis(1));
        assertThat(limit.take("a")).isEqualTo(Duration.ZERO);
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void callersDoNotAffectEachOther() {
        for (int i = 0; i < 10; i++) {
            limit.take("a");
        }
        assertThat(limit.take("b")).isEqualTo(Duration.ZERO);
    }

    @Test
    void aLongPauseAdmitsNoMoreRequestsAtOnceThanTheBeginning() {
        limit.take("a");
        pass(Duration.ofDays(1));
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isEqualTo(Duration.ZERO);
        }
        assertThat(limit.take("a")).isPositive();
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }
}
