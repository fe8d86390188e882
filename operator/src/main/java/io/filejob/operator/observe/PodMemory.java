package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.Quantity;
import io.filejob.model.ByteSize;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJobSpec;
import io.filejob.model.JobFailure;
import io.filejob.model.ResourceQuantity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much memory a pod needs for a worker that holds as much as {@code spec.memory}. The heap is 60 % of the pod's limit
 * (the image's options say so), and not all of it is what the worker holds.
 */
public final class PodMemory {
    private static final long MIB = 1L << 20;
    /** Of a pod, beyond twice what its worker holds: the JVM itself, and what it reads with. */
    private static final long AROUND = 128 * MIB;

    private PodMemory() {}

    /** The limit of a pod whose FileJob says nothing of its resources: the usual one, or as much as it takes. */
    public static Quantity limit(FileJobSpec spec, String usual) {
        ByteSize memory = spec.memory();
        Quantity least = new Quantity(usual);
        return memory == null || bytes(least).compareTo(BigDecimal.valueOf(needed(memory))) >= 0
                ? least
                : new Quantity(mebibytes(memory));
    }

    /** {@link JobFailure} if the pod that a FileJob asks for is too small for what it asks of the worker. */
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
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    "spec.memory: a worker that holds " + memory.text() + " needs a pod of " + mebibytes(memory)
                            + ", more than spec.pod.resources.limits.memory, "
                            + limit.get().text()
                            + ": raise that, or lower spec.memory");
        }
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
