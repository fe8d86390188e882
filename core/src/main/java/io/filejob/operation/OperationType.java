package io.filejob.operation;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.plan.Cut;
import io.filejob.plan.Stage;
import io.filejob.spec.Operation;
import io.filejob.spec.OperationDeclaration;
import io.filejob.spec.SecretReference;
import io.filejob.status.JobResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the plan, the merge and the operator see it. Its work on slices is an {@code OperationEngine}. All
 * methods are pure functions, for any thread: equal arguments give equal results in every release that plans jobs with
 * the same {@link Cut#PROTOCOL}.
 *
 * @param <S> the record of its settings
 */
public interface OperationType<S extends Operation> extends OperationDeclaration {
    @Override
    Class<S> settings();

    /**
     * Returns the number of slices, of at least 4 MiB each, from which on more slices do not balance the load any better:
     * 1 or more.
     */
    int enoughSlices();

    /** Returns whether the whole input is one slice, since its records cannot be judged one by one. */
    default boolean readsInputAtOnce() {
        return false;
    }

    /**
     * Returns the number of slices of the reduce stage; 0 if results are always small. {@code bytes} is the size of the
     * input, 0 if it is generated, and {@code slices} the number of slices it is cut into.
     */
    default int reduceSlices(S settings, long bytes, int slices) {
        return 0;
    }

    /** Returns the number of staging tables, or similar partitions, for an input of {@code bytes}; 0 if there are none. */
    default int partitions(long bytes) {
        return 0;
    }

    /** Returns whether a job with these settings and {@code slices} slices of input may have been planned with {@code cut}. */
    default boolean fits(S settings, Cut cut, int slices) {
        return cut.reduceSlices() == 0;
    }

    /** Returns whether small partial results pass through the reduce stage, too. */
    default boolean reducesAlways() {
        return false;
    }

    /**
     * Returns an estimate of the time of a reduce stage that is never omitted, as a multiple of the time of the map stage,
     * for the progress shown to people; more than 0.
     */
    default double reduceEffort(S settings) {
        return 1;
    }

    /** Returns whether there is a publish stage even if the spec names no output and no file of bad records. */
    default boolean publishesAlways() {
        return false;
    }

    /** Where a worker holds up to {@code spec.memory} of data. */
    enum MemoryUse {
        /** Nowhere: it holds the longest record only. */
        NONE,
        /** In the heap. */
        HEAP,
        /** Outside of the heap, in native code. */
        NATIVE
    }

    /** Returns where a worker holds up to {@code spec.memory} of data. */
    default MemoryUse memoryUse() {
        return MemoryUse.NONE;
    }

    /** Returns the Secrets that the pods of workers need, by the path of the field that names each. */
    default Map<String, SecretReference> secrets(S settings) {
        return Map.of();
    }

    /** Returns whether workers may leave data outside of the cluster, such as staging tables, that must be cleaned up. */
    default boolean leavesData() {
        return false;
    }

    /** Returns a description of the task of a stage, as {@code map (read and add up)}, for people. */
    String describe(S settings, Stage.Kind stage);

    /** Returns the result of a complete job, from its ledgers alone. */
    DescribedResult result(FileJobSpec spec, S settings, Coverage coverage);

    /**
     * Returns the part of the result that an incomplete job has already committed, as far as its ledgers show; null if
     * there is none.
     */
    default @Nullable JobResult unfinished(S settings, Coverage coverage) {
        return null;
    }
}
