package io.filejob.local;

import io.filejob.cluster.CrashedItems;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Counts dead workers by the slice that killed them, or by the item of a slice. Not thread-safe. */
final class CrashCounter {
    /** Number of deaths at the same slice that cannot be a coincidence. */
    private static final int LIMIT = 3;

    private final int workers;
    private final Map<OptionalInt, Integer> bySlice = new HashMap<>();
    private final Map<CrashedItems.Item, Integer> byItem = new HashMap<>();
    private CrashedItems crashed = CrashedItems.NONE;

    /** Creates a counter for a job with this number of workers. */
    CrashCounter(int workers) {
        this.workers = workers;
    }

    /**
     * Counts a worker that died at {@code slice}, or before its first slice; throws {@link JobFailedException} if that has
     * happened too often.
     */
    void add(OptionalInt slice, String how) {
        if (bySlice.merge(slice, 1, Integer::sum) < LIMIT) {
            return;
        }
        throw new JobFailedException(
                ExitCode.INTERNAL,
                slice.isPresent()
                        ? "slice " + slice.getAsInt() + " has killed " + LIMIT + " workers, the last one: " + how
                        : LIMIT + " workers died before they came to a slice, the last one: " + how);
    }

    /**
     * Counts a worker that died at {@code item}. It crashes the item; every other worker may have begun the slice before
     * it knew that, so that only more deaths than that are an error.
     */
    void add(CrashedItems.Item item, String how) {
        int deaths = byItem.merge(item, 1, Integer::sum);
        if (deaths >= CrashedItems.DEATHS) {
            crashed = crashed.with(item);
        }
        if (deaths > CrashedItems.DEATHS + workers) {
            throw new JobFailedException(
                    ExitCode.INTERNAL,
                    "slice " + item.slice() + " has killed " + deaths + " workers, the last one: " + how);
        }
    }

    /** Returns the items that have killed so many workers that no other one is to try them. */
    CrashedItems crashed() {
        return crashed;
    }
}
