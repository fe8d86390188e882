package io.filejob.operation;

import io.filejob.api.FileJobSpec;
import java.util.OptionalLong;

/**
 * Computes the memory of the process of a worker, in bytes. All of it depends on the spec and the limit of the pod alone,
 * so that operator and worker agree on it.
 */
public final class WorkerMemory {
    private static final long MIB = 1 << 20;
    /** Heap that a process needs in addition to the data of its workers. */
    public static final long BASE_HEAP = 48 * MIB;
    /**
     * The part of a small pod's limit for memory outside of the heap. Up to 84 MiB were measured, with thousands of
     * spilled runs.
     */
    private static final long OUTSIDE_HEAP = 91 * MIB;
    /** Memory of a pod beyond twice its worker's limit: for the JVM itself and for read buffers. */
    private static final long AROUND = 128 * MIB;
    /** In a pod with a smaller limit, the JVM takes half of it as its heap instead of 60 %. */
    private static final long SMALL_POD = 250 * MIB;
    /** Reciprocal of the share of the heap that holds no data, since one of the collector's survivor spaces is empty. */
    private static final int UNUSED_SHARE = 20;

    private WorkerMemory() {}

    /**
     * Returns the heap for the data of a worker: if it holds {@code spec.memory} there, that and a tenth for overhead,
     * otherwise the longest record and the copy in which its buffer grows. A worker that holds {@code spec.memory} outside
     * of the heap also has half of it in the heap at times: its check of the input, or an encoded image.
     */
    public static long data(FileJobSpec spec) {
        return switch (JobOperation.of(spec).type().memoryUse()) {
            case NONE -> record(spec);
            case HEAP -> spec.memoryBytes() + spec.memoryBytes() / 10;
            case NATIVE -> record(spec) + spec.memoryBytes() / 2;
        };
    }

    private static long record(FileJobSpec spec) {
        return spec.recordBytes() * 3L / 2 + MIB;
    }

    /** Returns the memory outside of the heap that a worker holds, besides that of every process. */
    public static long nativeData(FileJobSpec spec) {
        return JobOperation.of(spec).type().memoryUse() == OperationType.MemoryUse.NATIVE ? spec.memoryBytes() : 0;
    }

    /** Returns the heap that a process with one worker needs for its data and itself. */
    public static long neededHeap(FileJobSpec spec) {
        return BASE_HEAP + data(spec);
    }

    /** Returns the smallest maximum heap size of a JVM for {@link #neededHeap}. */
    public static long smallestHeap(FileJobSpec spec) {
        long needed = neededHeap(spec);
        return needed + needed / UNUSED_SHARE;
    }

    /**
     * Returns the smallest memory limit of a pod for a worker that holds {@code spec.memory}: for the heap, the memory
     * outside of it, and read buffers.
     */
    public static long podLimit(FileJobSpec spec) {
        long memory = spec.memoryBytes();
        return nativeData(spec) == 0
                ? Math.addExact(Math.multiplyExact(memory, 2L), AROUND)
                : Math.addExact(smallestHeap(spec) + OUTSIDE_HEAP, memory);
    }

    /**
     * Returns the maximum heap size of the JVM in a pod with a memory limit of {@code limit}; empty if the JVM derives it
     * from the limit, as the image's options say. In a small pod, or with data outside of the heap, the rest could be too
     * little for the memory outside of the heap.
     */
    public static OptionalLong podHeap(FileJobSpec spec, long limit) {
        long byJvm = limit < SMALL_POD ? limit / 2 : limit / 10 * 6;
        long heap = Math.max(limit - OUTSIDE_HEAP - nativeData(spec), smallestHeap(spec));
        return heap < byJvm ? OptionalLong.of(heap) : OptionalLong.empty();
    }

    /** Returns the JVM's option for a maximum heap size of {@code heap}, in whole mebibytes. */
    public static String option(long heap) {
        return "-Xmx" + Math.ceilDiv(heap, MIB) + "m";
    }
}
