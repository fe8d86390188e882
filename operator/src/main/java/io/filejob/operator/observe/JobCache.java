package io.filejob.operator.observe;

import io.filejob.ledger.Ledger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Caches the plans and ledgers of the most recently reconciled jobs, within a budget of bytes. Safe to use from any
 * thread; an entry is used only by the thread that reconciles its job.
 */
final class JobCache {
    private final long budget;
    private final Map<String, CachedJob> jobs = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    /** A plan with the versions of the spec, the listing and the cut that it was made from. */
    record KnownPlan(
            @Nullable Long generation,
            @Nullable String listing,
            @Nullable String cut,
            Observation.Planned planned,
            long weight) {}

    /** A ledger and the version of the ConfigMap that it was read from. */
    record KnownLedger(String version, Ledger ledger, long weight) {}

    /** The cached data of a job. */
    static final class CachedJob {
        private final Map<String, KnownLedger> ledgers = new HashMap<>();
        private @Nullable KnownPlan plan;
        private long counted;

        /** Returns the ledgers by the UID of their ConfigMap; may be modified. */
        Map<String, KnownLedger> ledgers() {
            return ledgers;
        }

        @Nullable
        KnownPlan plan() {
            return plan;
        }

        void plan(KnownPlan known) {
            plan = known;
        }

        /** Returns an upper bound of the heap in bytes that this entry uses. */
        long weight() {
            return (plan == null ? 0 : plan.weight())
                    + ledgers.values().stream().mapToLong(KnownLedger::weight).sum();
        }
    }

    JobCache(long budget) {
        this.budget = budget;
    }

    /** Returns the entry of a job, created if necessary. */
    synchronized CachedJob of(String uid) {
        return jobs.computeIfAbsent(uid, _ -> new CachedJob());
    }

    /** Returns whether a job has an entry. */
    synchronized boolean knows(String uid) {
        return jobs.containsKey(uid);
    }

    /** Updates the size of a job's entry, and evicts the least recently used jobs until all fit. */
    synchronized void settle(String uid) {
        CachedJob entry = jobs.get(uid);
        if (entry == null) {
            return;
        }
        total -= entry.counted;
        entry.counted = entry.weight();
        total += entry.counted;
        Iterator<CachedJob> eldest = jobs.values().iterator();
        while (total > budget && eldest.hasNext()) {
            total -= eldest.next().counted;
            eldest.remove();
        }
    }

    synchronized void forget(String uid) {
        CachedJob entry = jobs.remove(uid);
        if (entry != null) {
            total -= entry.counted;
        }
    }

    /** Removes all jobs except those with these UIDs. */
    synchronized void retain(Set<String> uids) {
        Set.copyOf(jobs.keySet()).stream().filter(uid -> !uids.contains(uid)).forEach(this::forget);
    }

    /** Returns the number of cached jobs. */
    synchronized int size() {
        return jobs.size();
    }
}
