package io.filejob.operation;

import io.filejob.api.DeclaredOperations;
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
 * The operation of one job: an {@link OperationType} with the settings of the job's spec. Immutable.
 *
 * @param <S> the record of its settings
 */
public final class JobOperation<S extends Operation> {
    private final OperationType<S> type;
    private final S settings;
    private final FileJobSpec spec;

    private JobOperation(OperationType<S> type, FileJobSpec spec, S settings) {
        this.type = type;
        this.spec = spec;
        this.settings = settings;
    }

    /** Returns the operation of {@code spec}. */
    public static JobOperation<?> of(FileJobSpec spec) {
        Operation settings = spec.operation().chosen();
        for (OperationDeclaration declared : DeclaredOperations.byName().values()) {
            if (declared instanceof OperationType<?> type && type.settings().isInstance(settings)) {
                return of(type, spec, settings);
            }
        }
        throw new IllegalStateException(settings.getClass() + " is declared by no operation");
    }

    private static <S extends Operation> JobOperation<S> of(
            OperationType<S> type, FileJobSpec spec, Operation settings) {
        return new JobOperation<>(type, spec, type.settings().cast(settings));
    }

    /** Returns the type of the operation, for functions that need no settings. */
    public OperationType<S> type() {
        return type;
    }

    /** Returns {@link OperationType#reduceSlices}. */
    public int reduceSlices(long bytes, int slices) {
        return type.reduceSlices(settings, bytes, slices);
    }

    /** Returns {@link OperationType#fits}. */
    public boolean fits(Cut cut, int slices) {
        return type.fits(settings, cut, slices);
    }

    /** Returns {@link OperationType#reduceEffort}. */
    public double reduceEffort() {
        return type.reduceEffort(settings);
    }

    /** Returns {@link OperationType#secrets}. */
    public Map<String, SecretReference> secrets() {
        return type.secrets(settings);
    }

    /**
     * Returns whether workers store data outside of their ledgers that must be deleted afterwards: that of {@link
     * OperationType#leavesData}, or partial results in {@code spec.store}.
     */
    public boolean leavesData() {
        return spec.store() != null || type.leavesData();
    }

    /** Returns {@link OperationType#describe}. */
    public String describe(Stage.Kind stage) {
        return type.describe(settings, stage);
    }

    /** Returns {@link OperationType#result}. */
    public DescribedResult result(Coverage coverage) {
        return type.result(spec, settings, coverage);
    }

    /** Returns {@link OperationType#unfinished}. */
    public @Nullable JobResult unfinished(Coverage coverage) {
        return type.unfinished(settings, coverage);
    }
}
