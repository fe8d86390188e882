package io.filejob.local;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.JobOperation;
import java.util.Locale;

/** Computes the heap size that workers need. It depends on the spec alone, so the job cannot run in a smaller heap. */
public final class WorkerHeap {
    /** Environment variable of the start script with further options for the JVM. */
    public static final String JAVA_OPTIONS = "FILEJOB_JAVA_OPTS";

    private static final long MIB = 1 << 20;
    /** Bytes that a process needs in addition to its workers. */
    private static final long BASE = 48 * MIB;
    /** Memory of a process outside of its heap. */
    private static final long NATIVE = 52 * MIB;

    private WorkerHeap() {}

    /**
     * Returns how many of the job's workers can run as threads of a process with a {@code heap} in bytes; at least 1.
     */
    static int workers(FileJobSpec spec, long heap) {
        return Math.clamp((heap - BASE) / worker(spec), 1, spec.workers());
    }

    /** Returns the number of the job's workers that can run as processes on a machine with {@code memory} bytes; at least 1. */
    static int processes(FileJobSpec spec, long memory) {
        return Math.clamp(memory / (NATIVE + BASE + worker(spec)), 1, spec.workers());
    }

    /** Throws {@link JobFailedException} if a {@code heap} in bytes is too small for a single worker. */
    public static void check(FileJobSpec spec, long heap) {
        long needed = BASE + worker(spec);
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
        return JobOperation.of(spec).type().usesMemory();
    }

    /**
     * Returns the bytes of a worker: if it uses {@code spec.memory}, that and a tenth for overhead, otherwise the longest
     * record and the copy in which its buffer grows.
     */
    private static long worker(FileJobSpec spec) {
        return usesMemory(spec) ? spec.memoryBytes() + spec.memoryBytes() / 10 : spec.recordBytes() * 3L / 2 + MIB;
    }
}
