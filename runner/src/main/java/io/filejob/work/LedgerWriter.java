package io.filejob.work;

import io.filejob.job.Ledger;
import io.filejob.job.SliceResult;
import io.filejob.storage.DirectoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One attempt's ledger: grows in memory with every slice, and in the store about once a second. For one thread. */
final class LedgerWriter {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** A ledger so large that writing it takes long is written less often: writing takes at most a tenth of the time. */
    private static final int SHARE = 10;

    private final DirectoryStore store;
    private final Clock clock;
    private final int worker;
    private final String attempt;
    private final List<SliceResult> results = new ArrayList<>();
    private int written;
    private Instant due;

    LedgerWriter(DirectoryStore store, Clock clock, int worker, String attempt) {
        this.store = store;
        this.clock = clock;
        this.worker = worker;
        this.attempt = attempt;
        this.due = clock.instant().plus(INTERVAL);
    }

    void add(SliceResult result) {
        results.add(result);
        if (!clock.instant().isBefore(due)) {
            flush();
        }
    }

    /** Makes all that was added durable. */
    void flush() {
        if (written == results.size()) {
            return;
        }
        Instant begun = clock.instant();
        store.write(snapshot());
        written = results.size();
        Instant now = clock.instant();
        Duration pause = Duration.between(begun, now).multipliedBy(SHARE);
        due = now.plus(pause.compareTo(INTERVAL) > 0 ? pause : INTERVAL);
    }

    Ledger snapshot() {
        return new Ledger(store.fingerprint(), worker, attempt, results);
    }
}
