package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.testing.time.TestClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A FileJob that changes its state constantly has few events. */
final class EventBudgetTest {
    private final TestClock clock = new TestClock();
    private final EventBudget budget = new EventBudget(clock);

    private long spent(String uid, int tries) {
        return IntStream.range(0, tries).filter(_ -> budget.spend(uid)).count();
    }

    @Test
    void someAtOnceAndThenOneAMinute() {
        assertThat(spent("a", 100)).isEqualTo(25);
        assertThat(spent("b", 10)).as("another one has its own").isEqualTo(10);

        clock.pass(Duration.ofMinutes(1));
        assertThat(spent("a", 100)).isEqualTo(1);

        clock.pass(Duration.ofHours(1));
        assertThat(spent("a", 100)).isEqualTo(25);
    }
}
