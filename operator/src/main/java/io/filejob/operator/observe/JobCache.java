package io.filejob.operator.observe;

import io.filejob.job.Ledger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans and ledgers that have been read, of those jobs that were looked at last and as many as fit. Safe to use from any
 * thread; an entry is used by the thread that looks at its job.
 */
final class JobCache {
    private final long budget;
    private final Map<String, Entry> jobs = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    /** A plan made from a version of a spec and of a listing, and from a cut. */
    record KnownPlan(
            @Nullable Long generation,
            @Nullable String listing,
            @Nullable String cut,
            Observation.Planned planned,
            long weight) {}

    /** A ledger as it was in a version of a ConfigMap. */
    record KnownLedger(String version, Ledger ledger, long weight) {}

    /** What is known of a job. */
    static final class Entry {
        private final Map<String, KnownLedger> ledgers = new HashMap<>();
        private @Nullable KnownPlan plan;
        private long counted;

        /** By the UID of the ConfigMap. */
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

        /** The bytes of heap that it takes at most. */
        long weight() {
            return (plan == null ? 0 : plan.weight())
                    + ledgers.values().stream().mapToLong(KnownLedger::weight).sum();
        }
    }

    JobCache(long budget) {
        this.budget = budget;
    }

    /** What is known of a job, to be added to. */
    synchronized Entry of(String uid) {
        return jobs.computeIfAbsent(uid, _ -> new Entry());
    }

    /** Whether anything is known of a job. */
    synchronized boolean knows(String uid) {
        return jobs.containsKey(uid);
    }

    /** Counts what a job's entry holds now, and forgets the jobs not looked at for longest until all fit. */
    synchronized void settle(String uid) {
        Entry entry = jobs.get(uid);
        if (entry == null) {
            return;
        }
        total -= entry.counted;
        entry.counted = entry.weight();
        total += entry.counted;
        Iterator<Entry> eldest = jobs.values().iterator();
        while (total > budget && eldest.hasNext()) {
            total -= eldest.next().counted;
            eldest.remove();
        }
    }

    synchronized void forget(String uid) {
        Entry entry = jobs.remove(uid);
        if (entry != null) {
            total -= entry.counted;
        }
    }

    /** Forgets all jobs but these. */
    synchronized void retain(Set<String> uids) {
        Set.copyOf(jobs.keySet()).stream().filter(uid -> !uids.contains(uid)).forEach(this::forget);
    }

    /** How many jobs are known. */
    synchronized int size() {
        return jobs.size();
    }
}
