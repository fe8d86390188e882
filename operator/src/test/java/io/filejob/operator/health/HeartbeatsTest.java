package io.filejob.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.operator.Jobs;
import io.filejob.testing.time.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HeartbeatsTest {
    private final TestClock clock = new TestClock();
    private final Heartbeats heartbeats = new Heartbeats(clock);

    @Test
    void aJobThatIsNotComeBackToIsStuck() {
        heartbeats.beat(Jobs.job(1, 1));
        clock.pass(Duration.ofSeconds(119));
        assertThat(heartbeats.stuck()).isEmpty();

        clock.pass(Duration.ofSeconds(2));

        assertThat(heartbeats.stuck()).extracting(Heartbeats.Job::name).containsExactly("prices");
    }

    @Test
    void eachLookCounts() {
        heartbeats.beat(Jobs.job(1, 1));
        clock.pass(Duration.ofSeconds(100));
        heartbeats.beat(Jobs.job(1, 1));
        clock.pass(Duration.ofSeconds(100));

        assertThat(heartbeats.stuck()).isEmpty();
    }

    @Test
    void aJobThatIsOverNeedsNoLook() {
        heartbeats.beat(Jobs.job(1, 1));
        heartbeats.end(Jobs.job(1, 1));
        clock.pass(Duration.ofHours(1));

        assertThat(heartbeats.stuck()).isEmpty();
    }
}
