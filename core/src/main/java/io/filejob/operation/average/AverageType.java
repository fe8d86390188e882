package io.filejob.operation.average;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.ledger.AveragePartial;
import io.filejob.operation.DescribedResult;
import io.filejob.operation.OperationType;
import io.filejob.plan.Stage;
import io.filejob.spec.average.AverageSpec;
import io.filejob.status.JobResult;
import java.util.Locale;
import java.util.Map;

/** The operation {@code average}. */
public final class AverageType implements OperationType<AverageSpec> {
    private static final int ENOUGH_SLICES = 32;

    @Override
    public String name() {
        return "average";
    }

    @Override
    public Class<AverageSpec> settings() {
        return AverageSpec.class;
    }

    @Override
    public Map<String, Class<?>> partials() {
        return Map.of("average", AveragePartial.class);
    }

    @Override
    public int enoughSlices() {
        return ENOUGH_SLICES;
    }

    @Override
    public String describe(AverageSpec settings, Stage.Kind stage) {
        return stage == Stage.Kind.MAP ? "map (read and add up)" : "publish (write the output file)";
    }

    @Override
    public DescribedResult result(FileJobSpec spec, AverageSpec settings, Coverage coverage) {
        Average average = Average.of(coverage.partials(coverage.plan().stages().getFirst(), AveragePartial.class));
        String mean = average.mean();
        String message = mean == null
                ? "nothing to average in " + DescribedResult.files(coverage)
                : String.format(
                        Locale.ROOT,
                        "average %s of %,d %s in %s",
                        mean,
                        average.count(),
                        average.count() == 1 ? "entry" : "entries",
                        DescribedResult.files(coverage));
        return DescribedResult.of(spec, coverage, JobResult.ofAverage(mean), message);
    }
}
