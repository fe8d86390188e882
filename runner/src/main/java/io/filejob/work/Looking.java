package io.filejob.work;

import io.filejob.job.Ledger;
import io.filejob.job.Plan;
import io.filejob.storage.Look;
import io.filejob.storage.Pace;
import io.filejob.storage.StateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** When a worker looks at what the others have done. For one thread; waits end when {@code stop} is released. */
final class Looking {
    /** How often, at most, a worker looks that has its own stripe to do. */
    private static final Duration OWN = Duration.ofSeconds(3);

    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration LAST_RANK = Duration.ofSeconds(10);
    /** Looking must not cost more than a tenth of the waiting. */
    private static final int SHARE = 10;

    private final StateStore store;
    private final Clock clock;
    private final CountDownLatch stop;
    private Duration cost = Duration.ZERO;
    private Instant at = Instant.MIN;
    private Instant due = Instant.MIN;

    Looking(StateStore store, Clock clock, CountDownLatch stop) {
        this.store = store;
        this.clock = clock;
        this.stop = stop;
    }

    Look look(Plan plan, Ledger mine) {
        Instant begun = clock.instant();
        Look look = store.look(plan, mine);
        at = clock.instant();
        cost = Duration.between(begun, at);
        due = at.plus(jittered(longer(longer(OWN, store.pace().look().multipliedBy(3)), cost.multipliedBy(2 * SHARE))));
        return look;
    }

    /** Whether a worker that has its own stripe to do should look again. */
    boolean isDue() {
        return !clock.instant().isBefore(due);
    }

    /** Whether the last look is good enough to choose from. */
    boolean isFresh() {
        return clock.instant().isBefore(at.plus(store.pace().look()));
    }

    /** How long slices are left to their owners, for a worker whose own ones take {@code mean}. */
    Duration patience(Duration mean) {
        return longer(mean.multipliedBy(2), store.pace().patience());
    }

    /** Waits before the next look of a worker that has nothing to do; {@code mean} is what a slice takes. */
    void pause(Duration mean) {
        Duration worthwhile = longer(mean.dividedBy(4), cost.multipliedBy(SHARE));
        Duration bounded = worthwhile.compareTo(LONGEST) > 0 ? LONGEST : worthwhile;
        await(jittered(longer(bounded, store.pace().poll())));
    }

    /** Waits until it is this one's turn to read all ledgers. */
    void waitForRank(int rank) {
        Pace pace = store.pace();
        Duration turn = pace.rank().multipliedBy(rank);
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

    /** Up to a quarter more, so that workers that began together do not look together. */
    private static Duration jittered(Duration time) {
        return time.plusNanos(ThreadLocalRandom.current().nextLong(time.toNanos() / 4 + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
