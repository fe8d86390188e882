package io.filejob.local;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Counts the workers that a slice has killed. Not thread-safe. */
final class Deaths {
    /** So many dead workers are no coincidence. */
    private static final int LIMIT = 3;

    private final Map<OptionalInt, Integer> bySlice = new HashMap<>();

    /** A worker died at {@code slice}, or before it came to one; {@link JobFailure} when that has happened too often. */
    void add(OptionalInt slice, String how) {
        if (bySlice.merge(slice, 1, Integer::sum) < LIMIT) {
            return;
        }
        throw new JobFailure(
                ExitCode.INTERNAL,
                slice.isPresent()
                        ? "slice " + slice.getAsInt() + " has killed " + LIMIT + " workers, the last one: " + how
                        : LIMIT + " workers died before they came to a slice, the last one: " + how);
    }
}
