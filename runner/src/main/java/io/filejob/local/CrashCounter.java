package io.filejob.local;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Counts dead workers by the slice that killed them. Not thread-safe. */
final class CrashCounter {
    /** Number of deaths at the same slice that cannot be a coincidence. */
    private static final int LIMIT = 3;

    private final Map<OptionalInt, Integer> bySlice = new HashMap<>();

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
}
