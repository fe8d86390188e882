package io.filejob.worker;

import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.ledger.SliceResult;
import io.filejob.metrics.WorkCounters;
import io.filejob.metrics.WorkStep;
import io.filejob.storage.state.StateStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's ledger: grows in memory with every slice, and is written to the store as often as its polling policy
 * allows. Safe to use from any thread.
 */
final class LedgerWriter {
    /** Writing takes at most 1/{@value} of the time, so a ledger that takes long to write is written less often. */
    private static final int SHARE = 10;

    private final StateStore store;
    private final Clock clock;
    private final int worker;
    private final String attempt;
    private final List<SliceResult> results = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private int written;
    private boolean broken;
    /** Why the results that waited could not be written, until the worker's own thread has seen it. */
    private @Nullable JobFailedException unseen;

    private Instant due;

    LedgerWriter(StateStore store, Clock clock, int worker, String attempt) {
        this.store = store;
        this.clock = clock;
        this.worker = worker;
        this.attempt = attempt;
        this.due = clock.instant().plus(store.pollingPolicy().write());
    }

    synchronized void add(SliceResult result) {
        results.add(result);
        if (unseen != null || !clock.instant().isBefore(due)) {
            flush();
        }
    }

    /** Declares these results lost for all workers. */
    synchronized void lose(Collection<Loss> lost) {
        losses.addAll(lost);
        flush();
    }

    /**
     * Writes all results that are not yet in the store. After a first failure, which its caller has seen, it does
     * nothing.
     */
    synchronized void flush() {
        JobFailedException failure = unseen;
        if (failure != null) {
            unseen = null;
            throw failure;
        }
        if (broken || written == results.size() + losses.size()) {
            return;
        }
        Instant begun = clock.instant();
        broken = true;
        long start = System.nanoTime();
        store.write(snapshot());
        WorkCounters.ofProcess().step(WorkStep.LEDGER, System.nanoTime() - start);
        broken = false;
        written = results.size() + losses.size();
        Instant now = clock.instant();
        Duration pause = Duration.between(begun, now).multipliedBy(SHARE);
        Duration least = store.pollingPolicy().write();
        due = now.plus(pause.compareTo(least) > 0 ? pause : least);
    }

    /**
     * Writes results that have waited for longer than the polling policy asks for, which happens while the worker is busy
     * with a long slice. The next {@link #add} or {@link #flush} throws what went wrong.
     */
    synchronized void flushOverdue() {
        boolean waiting = !broken && written < results.size() + losses.size();
        if (!waiting || clock.instant().isBefore(due)) {
            return;
        }
        try {
            flush();
        } catch (JobFailedException e) {
            unseen = e;
        }
    }

    /** Returns the time between two calls of {@link #flushOverdue}. */
    Duration interval() {
        return store.pollingPolicy().write();
    }

    /**
     * Writes the ledger even if it has no new results, for its description of the worker. Failures have no effect, since
     * the next flush has to succeed anyway.
     */
    synchronized void renew() {
        if (broken) {
            return;
        }
        try {
            store.write(snapshot());
            written = results.size() + losses.size();
        } catch (JobFailedException e) {
            return;
        }
    }

    synchronized Ledger snapshot() {
        return new Ledger(store.fingerprint(), worker, attempt, results, losses);
    }
}
