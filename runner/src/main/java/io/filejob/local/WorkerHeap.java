package io.filejob.local;

import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import java.util.Locale;

/** How much of a heap workers need. What they hold depends on the spec alone, so a heap that is too small is not of use. */
public final class WorkerHeap {
    private static final long MIB = 1 << 20;
    /** What a process needs beside its workers. */
    private static final long BASE = 48 * MIB;

    private WorkerHeap() {}

    /** How many of the job's workers can run as threads of a process with such a heap in bytes; 1 at the least. */
    static int workers(FileJobSpec spec, long heap) {
        return Math.clamp((heap - BASE) / worker(spec), 1, spec.workers());
    }

    /** {@link JobFailure} if a process with such a heap in bytes is too small for a single worker. */
    public static void check(FileJobSpec spec, long heap) {
        long needed = BASE + worker(spec);
        // Others take that much only where records are very long.
        if (spec.operation().aggregate() != null && needed > heap) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    String.format(
                            Locale.ROOT,
                            "spec.memory: a worker that holds %,d MiB needs a heap of %,d MiB (limit %,d MiB); lower"
                                    + " spec.memory, or allow more with -Xmx (FILEJOB_JAVA_OPTS) or, in a pod, with"
                                    + " spec.pod.resources",
                            Math.ceilDiv(spec.memoryBytes(), MIB),
                            Math.ceilDiv(needed, MIB),
                            heap / MIB));
        }
    }

    /** What is in memory, and a tenth for what is not counted; where rows are not grouped, the longest record while it grows. */
    private static long worker(FileJobSpec spec) {
        return spec.operation().aggregate() != null
                ? spec.memoryBytes() + spec.memoryBytes() / 10
                : spec.recordBytes() * 3L / 2 + MIB;
    }
}
