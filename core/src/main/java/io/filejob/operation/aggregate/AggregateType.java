package io.filejob.operation.aggregate;

import io.filejob.aggregate.GroupResults;
import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.group.GroupSchema;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.PublishedPartial;
import io.filejob.ledger.ReducedPartial;
import io.filejob.operation.DescribedResult;
import io.filejob.operation.OperationType;
import io.filejob.output.RowOutput;
import io.filejob.plan.Cut;
import io.filejob.plan.Stage;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.status.JobResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operation {@code aggregate}. */
public final class AggregateType implements OperationType<AggregateSpec> {
    /** Groups are reported once for each slice, so there are only as many slices as two workers need. */
    private static final int ENOUGH_SLICES = 2;
    /** Number of input bytes for each range of keys of a large result. */
    private static final long BYTES_PER_RANGE = 4L << 20;

    private static final long MAX_RANGES = 1024;

    @Override
    public String name() {
        return "aggregate";
    }

    @Override
    public Class<AggregateSpec> settings() {
        return AggregateSpec.class;
    }

    @Override
    public Map<String, Class<?>> partials() {
        return Map.of("groups", GroupsPartial.class, "reduced", ReducedPartial.class);
    }

    @Override
    public int enoughSlices() {
        return ENOUGH_SLICES;
    }

    @Override
    public int reduceSlices(AggregateSpec settings, long bytes, int slices) {
        return (int) Math.clamp(Math.ceilDiv(bytes, BYTES_PER_RANGE), 1, MAX_RANGES);
    }

    @Override
    public boolean fits(AggregateSpec settings, Cut cut, int slices) {
        return cut.reduceSlices() >= 1 && cut.reduceSlices() <= MAX_RANGES;
    }

    @Override
    public MemoryUse memoryUse() {
        return MemoryUse.HEAP;
    }

    @Override
    public String describe(AggregateSpec settings, Stage.Kind stage) {
        return switch (stage) {
            case MAP -> "map (read and add up)";
            case REDUCE -> "reduce (merge ranges of keys; left out where the result is small)";
            case PUBLISH -> "publish (write the output file)";
        };
    }

    @Override
    public DescribedResult result(FileJobSpec spec, AggregateSpec settings, Coverage coverage) {
        PublishedPartial published = DescribedResult.published(spec, coverage);
        GroupSchema schema = GroupSchema.of(spec, settings);
        long rows;
        List<List<@Nullable String>> first;
        if (published != null) {
            if (published.groups() == null) {
                throw foreign("an output without the number of its rows");
            }
            rows = published.groups();
            first = checked(published.first(), settings);
        } else if (coverage.hasRuns()) {
            Reduced reduced = Reduced.of(coverage);
            rows = settings.top() == null
                    ? reduced.rows()
                    : Math.min(settings.top().limit(), reduced.rows());
            first = settings.top() == null
                    ? checked(reduced.first(), settings)
                    : best(schema, checked(Reduced.candidates(coverage), settings));
        } else {
            RowOutput out = RowOutput.csv(null);
            new GroupResults(schema, groups(coverage)).write(null, out);
            rows = out.rows();
            first = out.first();
        }
        String nullText = schema.dialect().shownNull();
        JobResult result = JobResult.ofGroups(
                rows,
                settings.outputColumns(),
                first.stream()
                        .map(row -> row.stream()
                                .map(field -> Objects.requireNonNullElse(field, nullText))
                                .toList())
                        .toList());
        String message = String.format(
                Locale.ROOT,
                "%,d %s of %s in %s",
                rows,
                rows == 1 ? "group" : "groups",
                DescribedResult.rows(coverage),
                DescribedResult.files(coverage));
        return DescribedResult.of(spec, coverage, result, message);
    }

    /** Throws {@link JobFailedException} if a row in a ledger does not have the columns of the result. */
    private static List<List<@Nullable String>> checked(List<List<@Nullable String>> rows, AggregateSpec settings) {
        int columns = settings.outputColumns().size();
        for (List<@Nullable String> row : rows) {
            if (row.size() != columns) {
                throw foreign("a row of " + row.size() + " fields, and the result has " + columns);
            }
        }
        return rows;
    }

    private static JobFailedException foreign(String content) {
        return new JobFailedException(
                ExitCode.STORE_LOST,
                "the ledgers hold " + content + ": they were not written for this plan; start a new job");
    }

    private static List<List<@Nullable String>> best(GroupSchema schema, List<List<@Nullable String>> candidates) {
        RowOutput out = RowOutput.csv(null);
        new GroupResults(schema, List.of()).writeTop(candidates, out);
        return out.first();
    }

    private static List<GroupsPartial> groups(Coverage coverage) {
        return coverage.partials(coverage.plan().stages().getFirst(), GroupsPartial.class);
    }
}
