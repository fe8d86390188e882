package io.filejob.worker;

import io.filejob.ledger.Ledger;
import io.filejob.plan.Plan;
import io.filejob.storage.state.PollingPolicy;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.storage.state.StateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Decides when a worker looks at the progress of the others. For one thread; waits end when {@code stop} is released.
 */
final class ProgressPoller {
    /** Minimum interval between the looks of a worker that processes its own stripe. */
    private static final Duration OWN = Duration.ofSeconds(3);

    private static final Duration MAX_DELAY = Duration.ofSeconds(1);
    private static final Duration LAST_RANK = Duration.ofSeconds(10);
    /** A look must not cost more than a tenth of the waiting time. */
    private static final int SHARE = 10;

    private final StateStore store;
    private final Clock clock;
    private final CountDownLatch stop;
    private Duration cost = Duration.ZERO;
    private Instant at = Instant.MIN;
    private Instant due = Instant.MIN;

    ProgressPoller(StateStore store, Clock clock, CountDownLatch stop) {
        this.store = store;
        this.clock = clock;
        this.stop = stop;
    }

    ProgressSnapshot look(Plan plan, Ledger mine) {
        Instant begun = clock.instant();
        ProgressSnapshot look = store.look(plan, mine);
        at = clock.instant();
        cost = Duration.between(begun, at);
        due = at.plus(jittered(
                longer(longer(OWN, store.pollingPolicy().look().multipliedBy(3)), cost.multipliedBy(2 * SHARE))));
        return look;
    }

    /** Returns whether a worker that processes its own stripe should look again. */
    boolean isDue() {
        return !clock.instant().isBefore(due);
    }

    /** Returns whether the last look is recent enough to choose a slice from it. */
    boolean isFresh() {
        return clock.instant().isBefore(at.plus(store.pollingPolicy().look()));
    }

    /**
     * Returns how long slices are left to their owners; {@code mean} is the mean time that this worker takes for a
     * slice.
     */
    Duration patience(Duration mean) {
        return longer(mean.multipliedBy(2), store.pollingPolicy().patience());
    }

    /** Waits before the next look of an idle worker; {@code mean} is the mean time that it takes for a slice. */
    void pause(Duration mean) {
        Duration worthwhile = longer(mean.dividedBy(4), cost.multipliedBy(SHARE));
        Duration bounded = worthwhile.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : worthwhile;
        await(jittered(longer(bounded, store.pollingPolicy().poll())));
    }

    /** Waits for the turn of this worker to read all ledgers. */
    void waitForRank(int rank) {
        PollingPolicy policy = store.pollingPolicy();
        Duration turn = policy.rank().multipliedBy(rank);
        await(turn.compareTo(LAST_RANK) > 0 ? LAST_RANK : turn);
    }

    private void await(Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            if (stop.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Returns {@code time} plus up to a quarter, so that workers that began together do not look at the same time. */
    private static Duration jittered(Duration time) {
        return time.plusNanos(ThreadLocalRandom.current().nextLong(time.toNanos() / 4 + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
