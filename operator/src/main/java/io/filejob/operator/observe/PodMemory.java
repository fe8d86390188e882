package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.filejob.api.FileJobSpec;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.WorkerMemory;
import io.filejob.value.ResourceQuantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Computes the memory that a pod needs for a worker limited to {@code spec.memory}, and the heap of a pod that is small, or
 * that holds this memory outside of its heap. Otherwise the heap is 60 % of the pod's limit (set in the image's
 * options). Not all of it is available to the worker's data.
 */
public final class PodMemory {
    private static final long MIB = 1L << 20;

    private PodMemory() {}

    /**
     * Returns the memory limit of a pod if its FileJob sets no resources: the default {@code usual}, or more if {@code
     * spec.memory} needs it.
     */
    public static Quantity limit(FileJobSpec spec, String usual) {
        Quantity least = new Quantity(usual);
        return isAnySufficient(spec) || isSufficient(spec, least) ? least : new Quantity(needed(spec));
    }

    /**
     * Returns whether the worker takes all memory of its pod: no memory is set, and it holds none outside of its heap, which the
     * JVM adapts to the pod.
     */
    private static boolean isAnySufficient(FileJobSpec spec) {
        return spec.memory() == null && WorkerMemory.nativeData(spec) == 0;
    }

    private static boolean isSufficient(FileJobSpec spec, Quantity limit) {
        return Quantity.getAmountInBytes(limit).compareTo(BigDecimal.valueOf(WorkerMemory.podLimit(spec))) >= 0;
    }

    /** Throws {@link JobFailedException} if the pod's memory limit is too small for {@code spec.memory}. */
    static void check(FileJobSpec spec) {
        Optional<ResourceQuantity> limit = Optional.ofNullable(spec.pod())
                .map(pod -> pod.resources())
                .map(resources -> resources.limits())
                .map(limits -> limits.get("memory"));
        if (limit.isPresent()
                && !isAnySufficient(spec)
                && !isSufficient(spec, new Quantity(limit.get().text()))) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "spec.memory: a worker that holds "
                            + (spec.memory() == null
                                    ? spec.memoryBytes() / MIB + "Mi (the default)"
                                    : spec.memory().text())
                            + " needs a pod of " + needed(spec) + ", more than spec.pod.resources.limits.memory, "
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
                        Quantity.getAmountInBytes(limit)
                                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                                .longValue());
    }

    private static String needed(FileJobSpec spec) {
        return Math.ceilDiv(WorkerMemory.podLimit(spec), MIB) + "Mi";
    }
}
