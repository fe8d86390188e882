package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.WorkerMemory;
import io.filejob.value.ByteSize;
import io.filejob.value.ResourceQuantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Computes the memory that a pod needs for a worker limited to {@code spec.memory}, and the heap of a pod that is small.
 * Otherwise the heap is 60 % of the pod's limit (set in the image's options). Not all of it is available to the worker's
 * data.
 */
public final class PodMemory {
    private static final long MIB = 1L << 20;
    /** Memory of a pod beyond twice its worker's limit: for the JVM itself and for read buffers. */
    private static final long AROUND = 128 * MIB;

    private PodMemory() {}

    /**
     * Returns the memory limit of a pod whose FileJob sets no resources: the default {@code usual}, or more if {@code
     * spec.memory} needs it.
     */
    public static Quantity limit(FileJobSpec spec, String usual) {
        ByteSize memory = spec.memory();
        Quantity least = new Quantity(usual);
        return memory == null || bytes(least).compareTo(BigDecimal.valueOf(needed(memory))) >= 0
                ? least
                : new Quantity(mebibytes(memory));
    }

    /** Throws {@link JobFailedException} if the pod's memory limit is too small for {@code spec.memory}. */
    static void check(FileJobSpec spec) {
        ByteSize memory = spec.memory();
        Optional<ResourceQuantity> limit = Optional.ofNullable(spec.pod())
                .map(pod -> pod.resources())
                .map(resources -> resources.limits())
                .map(limits -> limits.get("memory"));
        if (memory == null || limit.isEmpty()) {
            return;
        }
        if (bytes(new Quantity(limit.get().text())).compareTo(BigDecimal.valueOf(needed(memory))) < 0) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "spec.memory: a worker that holds " + memory.text() + " needs a pod of " + mebibytes(memory)
                            + ", more than spec.pod.resources.limits.memory, "
                            + limit.get().text()
                            + ": raise the limit, or lower spec.memory");
        }
    }

    /**
     * Returns the maximum heap size in bytes of the worker in a pod with {@code resources}; empty if the JVM derives it
     * from the limit, or if there is none.
     */
    public static OptionalLong heap(FileJobSpec spec, ResourceRequirements resources) {
        Quantity limit = Objects.requireNonNullElse(resources.getLimits(), Map.<String, Quantity>of())
                .get("memory");
        return limit == null
                ? OptionalLong.empty()
                : WorkerMemory.podHeap(
                        spec,
                        bytes(limit).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    private static String mebibytes(ByteSize memory) {
        return Math.ceilDiv(needed(memory), MIB) + "Mi";
    }

    private static long needed(ByteSize memory) {
        return Math.addExact(Math.multiplyExact(memory.bytes(), 2L), AROUND);
    }

    private static BigDecimal bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }
}
