package io.filejob.operation.aggregate;

import io.filejob.coverage.Coverage;
import io.filejob.ledger.ReducedPartial;
import io.filejob.plan.Stage;
import io.filejob.status.JobResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The combined result of all ranges of keys.
 *
 * @param parts the ranges that have rows in a file, in order
 * @param rows the number of rows of all ranges
 * @param first the first rows, field by field
 */
public record Reduced(List<ReducedPartial> parts, long rows, List<List<@Nullable String>> first) {
    /** Combines the ranges of a job that are covered. */
    public static Reduced of(Coverage coverage) {
        List<ReducedPartial> all = coverage.plan().stages().stream()
                .filter(stage -> stage.kind() == Stage.Kind.REDUCE)
                .flatMap(stage -> coverage.partials(stage, ReducedPartial.class).stream())
                .toList();
        return new Reduced(
                all.stream().filter(part -> part.part() != null).toList(),
                all.stream().mapToLong(ReducedPartial::groups).sum(),
                all.stream()
                        .flatMap(part -> part.first().stream())
                        .limit(JobResult.MAX_ROWS)
                        .toList());
    }

    /** Returns the first rows of all ranges. */
    public static List<List<@Nullable String>> candidates(Coverage coverage) {
        return coverage.plan().stages().stream()
                .filter(stage -> stage.kind() == Stage.Kind.REDUCE)
                .flatMap(stage -> coverage.partials(stage, ReducedPartial.class).stream())
                .flatMap(part -> part.first().stream())
                .toList();
    }
}
