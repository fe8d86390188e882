package io.filejob.service.job;

import org.jspecify.annotations.Nullable;

/**
 * An attempt of a worker.
 *
 * @param index the index of the worker
 * @param attempt the name of the attempt: in a cluster, the UID of its pod
 * @param done the numbers of its finished slices as ranges with steps, for example {@code 0-198:2,201}
 * @param slices the number of its finished slices
 * @param rows the number of rows of these slices
 * @param bytes the number of bytes of these slices
 * @param state the state of its process or pod, for example {@code Running}; null if unknown
 * @param message the reason of the state; null for ordinary states
 */
public record WorkerProgress(
        int index,
        String attempt,
        String done,
        int slices,
        long rows,
        long bytes,
        @Nullable String state,
        @Nullable String message) {}
