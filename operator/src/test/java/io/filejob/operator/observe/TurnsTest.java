package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.operator.health.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One large job runs at a time, and namespaces take turns. */
final class TurnsTest {
    private final TestClock clock = new TestClock();
    private final Turns turns = new Turns(clock);

    private boolean takes(String uid, String namespace) {
        try {
            turns.take(uid, namespace);
            return true;
        } catch (PostponedException wait) {
            assertThat(wait.pause()).isPositive();
            return false;
        }
    }

    @Test
    void oneAtATimeAndTheHolderMayAskAgain() {
        turns.take("a", "shop");
        turns.take("a", "shop");

        assertThatThrownBy(() -> turns.take("b", "shop")).isInstanceOf(PostponedException.class);
        turns.end("b");
        assertThat(takes("b", "shop")).isFalse();

        turns.end("a");
        assertThat(takes("b", "shop")).isTrue();
    }

    @Test
    void aNamespaceWithManyJobsGetsEverySecondTurnWhereTwoWait() {
        turns.take("flood-0", "flood");
        List<String> jobs = new ArrayList<>();
        for (int i = 1; i < 50; i++) {
            jobs.add("flood-" + i);
        }
        jobs.add("shop-0");
        jobs.add("shop-1");
        jobs.forEach(job -> assertThat(takes(job, job.split("-", 2)[0])).isFalse());

        List<String> order = new ArrayList<>();
        String holder = "flood-0";
        for (int turn = 0; turn < 4; turn++) {
            turns.end(holder);
            holder = jobs.stream()
                    .filter(job -> takes(job, job.split("-", 2)[0]))
                    .findFirst()
                    .orElseThrow();
            jobs.remove(holder);
            order.add(holder);
        }

        assertThat(order).containsExactly("shop-0", "flood-1", "shop-1", "flood-2");
    }

    @Test
    void oneThatDoesNotComeBackHoldsUpNoOther() {
        turns.take("a", "shop");
        assertThat(takes("gone", "shop")).isFalse();
        assertThat(takes("b", "shop")).isFalse();
        turns.end("a");
        assertThat(takes("b", "shop")).as("the one before may still come").isFalse();

        clock.pass(Duration.ofSeconds(11));

        assertThat(takes("b", "shop")).isTrue();
    }
}
