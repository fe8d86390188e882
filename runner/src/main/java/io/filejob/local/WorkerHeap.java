package io.filejob.local;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.JobOperation;
import io.filejob.operation.OperationType;
import io.filejob.operation.WorkerMemory;
import java.util.Locale;
import java.util.OptionalLong;

/** Divides the memory of this machine among the workers of a job, which need what {@link WorkerMemory} says. */
public final class WorkerHeap {
    /** Environment variable of the start script with further options for the JVM. */
    public static final String JAVA_OPTIONS = "FILEJOB_JAVA_OPTS";

    private static final long MIB = 1 << 20;
    /** Memory of a process outside of its heap. */
    private static final long NATIVE = 52 * MIB;
    /** Memory for a slice in the ledgers of all workers, beyond the small number of slices that a heap always holds. */
    private static final long BYTES_PER_SLICE = 2 << 10;

    private WorkerHeap() {}

    /**
     * Returns how many of the job's workers can run as threads of a process with a {@code heap} in bytes on a machine with
     * {@code memory} bytes; at least 1.
     */
    static int workers(FileJobSpec spec, long heap, long memory) {
        long byHeap = (heap - WorkerMemory.BASE_HEAP) / WorkerMemory.data(spec);
        long outside = WorkerMemory.nativeData(spec);
        long byMemory = outside == 0 ? Long.MAX_VALUE : (memory - NATIVE - heap) / outside;
        return Math.clamp(Math.min(byHeap, byMemory), 1, spec.workers());
    }

    /** Returns the number of the job's workers that can run as processes on a machine with {@code memory} bytes; at least 1. */
    static int processes(FileJobSpec spec, long memory) {
        long each = NATIVE + WorkerMemory.neededHeap(spec) + WorkerMemory.nativeData(spec);
        return Math.clamp(memory / each, 1, spec.workers());
    }

    /**
     * Returns the maximum heap size in bytes of a worker process; empty if that is the one of this process, {@code own}.
     * Workers that use {@code spec.memory} get what they need for it or for the listing of the input, {@code listing}, and
     * a little for each of {@code slices}.
     */
    static OptionalLong process(FileJobSpec spec, long own, long listing, int slices) {
        long heap = Math.max(WorkerMemory.smallestHeap(spec), listing) + slices * BYTES_PER_SLICE;
        return usesMemory(spec) && heap < own ? OptionalLong.of(heap) : OptionalLong.empty();
    }

    /** Throws {@link JobFailedException} if a {@code heap} in bytes is too small for a single worker. */
    public static void check(FileJobSpec spec, long heap) {
        long needed = WorkerMemory.neededHeap(spec);
        // Other operations need their estimate only if records are very long.
        if (usesMemory(spec) && needed > heap) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    String.format(
                            Locale.ROOT,
                            "spec.memory: a worker that holds %,d MiB needs a heap of %,d MiB (limit %,d MiB); lower"
                                    + " spec.memory, or allow more with -Xmx (%s) or, in a pod, with"
                                    + " spec.pod.resources",
                            Math.ceilDiv(spec.memoryBytes(), MIB),
                            Math.ceilDiv(needed, MIB),
                            heap / MIB,
                            JAVA_OPTIONS));
        }
    }

    private static boolean usesMemory(FileJobSpec spec) {
        return JobOperation.of(spec).type().memoryUse() != OperationType.MemoryUse.NONE;
    }
}
