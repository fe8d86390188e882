package io.filejob.operation.linecount;

import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.operation.DescribedResult;
import io.filejob.operation.OperationType;
import io.filejob.plan.Stage;
import io.filejob.status.JobResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The operation {@code lineCount}, which counts the rows of CSV files. */
public final class LineCountType implements OperationType<LineCountSpec> {
    @Override
    public String name() {
        return "lineCount";
    }

    @Override
    public Class<LineCountSpec> settings() {
        return LineCountSpec.class;
    }

    @Override
    public Map<String, Class<?>> partials() {
        return Map.of("lines", LinesPartial.class);
    }

    @Override
    public int enoughSlices() {
        return 32;
    }

    @Override
    public String describe(LineCountSpec settings, Stage.Kind stage) {
        return stage == Stage.Kind.MAP ? "map (count)" : "publish (write the count)";
    }

    @Override
    public DescribedResult result(FileJobSpec spec, LineCountSpec settings, Coverage coverage) {
        long lines = sum(coverage.partials(coverage.plan().stages().getFirst(), LinesPartial.class));
        String unit = Objects.requireNonNullElse(settings.unit(), "lines");
        return DescribedResult.of(
                spec,
                coverage,
                JobResult.ofGroups(1, List.of(unit), List.of(List.of(Long.toString(lines)))),
                lines + " " + unit + " in " + DescribedResult.files(coverage));
    }

    static long sum(Collection<LinesPartial> partials) {
        return partials.stream().mapToLong(LinesPartial::lines).sum();
    }
}
