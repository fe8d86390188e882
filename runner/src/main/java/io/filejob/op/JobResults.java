package io.filejob.op;

import io.filejob.group.GroupResults;
import io.filejob.group.GroupSchema;
import io.filejob.group.RowOutput;
import io.filejob.job.Coverage;
import io.filejob.job.GroupsPartial;
import io.filejob.job.LoadedPartial;
import io.filejob.job.Partial;
import io.filejob.job.PublishedPartial;
import io.filejob.job.Stage;
import io.filejob.model.AggregateSpec;
import io.filejob.model.AverageSpec;
import io.filejob.model.FileJobSpec;
import io.filejob.model.IngestSpec;
import io.filejob.model.JobResult;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Computes the result of a complete job from its ledgers alone. Pure functions, for any thread. */
public final class JobResults {
    private JobResults() {}

    /** A result with a message for people. */
    public record Described(JobResult result, String message) {}

    /** Returns the result of a complete job. */
    public static Described of(FileJobSpec spec, Coverage coverage) {
        return switch (spec.operation().chosen()) {
            case AverageSpec _ -> average(spec, coverage);
            case AggregateSpec aggregate -> aggregate(spec, aggregate, coverage);
            case IngestSpec ingest -> ingest(ingest, coverage);
        };
    }

    private static Described average(FileJobSpec spec, Coverage coverage) {
        Average average = Average.of(coverage.partials(coverage.plan().stages().getFirst()));
        String mean = average.mean();
        String message = mean == null
                ? "nothing to average in " + files(coverage)
                : String.format(
                        "average %s of %,d %s in %s",
                        mean, average.count(), average.count() == 1 ? "entry" : "entries", files(coverage));
        return new Described(placed(spec, coverage, JobResult.ofAverage(mean)), message);
    }

    private static Described aggregate(FileJobSpec spec, AggregateSpec aggregate, Coverage coverage) {
        PublishedPartial published = published(spec, coverage);
        GroupSchema schema = Operations.schema(spec, aggregate);
        long rows;
        List<List<@Nullable String>> first;
        if (published != null) {
            rows = Objects.requireNonNull(published.groups());
            first = published.first();
        } else if (coverage.hasRuns()) {
            Reduced reduced = Reduced.of(coverage);
            rows = aggregate.top() == null
                    ? reduced.rows()
                    : Math.min(aggregate.top().limit(), reduced.rows());
            first = aggregate.top() == null ? reduced.first() : best(schema, Reduced.candidates(coverage));
        } else {
            RowOutput out = RowOutput.csv(null);
            new GroupResults(schema, groups(coverage)).write(null, out);
            rows = out.rows();
            first = out.first();
        }
        String nullText = schema.dialect().nullText();
        JobResult result = JobResult.ofGroups(
                rows,
                aggregate.outputColumns(),
                first.stream()
                        .map(row -> row.stream()
                                .map(field -> Objects.requireNonNullElse(field, nullText))
                                .toList())
                        .toList());
        String message = String.format(
                "%,d %s of %,d %s in %s",
                rows,
                rows == 1 ? "group" : "groups",
                coverage.rows().used(),
                coverage.rows().used() == 1 ? "row" : "rows",
                files(coverage));
        return new Described(placed(spec, coverage, result), message);
    }

    /**
     * Returns the rows that an incomplete job has already committed to a table, as far as its ledgers show; null if
     * there are none.
     */
    public static @Nullable JobResult ofUnfinished(FileJobSpec spec, Coverage coverage) {
        return spec.operation().chosen() instanceof IngestSpec ingest && ingest.mode() == IngestSpec.Mode.APPEND
                ? rows(loaded(coverage))
                : null;
    }

    /** Converts row counts to the form of a status. */
    public static JobResult rows(LoadedPartial loaded) {
        return JobResult.ofRows(
                loaded.inserted(), loaded.updated(), loaded.unchanged(), loaded.ignored(), loaded.superseded());
    }

    private static LoadedPartial loaded(Coverage coverage) {
        LoadedPartial loaded = LoadedPartial.NONE;
        for (Stage stage : coverage.plan().stages()) {
            if (stage.kind() == Stage.Kind.REDUCE) {
                for (Partial partial : coverage.partials(stage)) {
                    loaded = loaded.plus((LoadedPartial) partial);
                }
            }
        }
        return loaded;
    }

    private static Described ingest(IngestSpec ingest, Coverage coverage) {
        LoadedPartial loaded = loaded(coverage);
        JobResult result = rows(loaded);
        StringJoiner counts = new StringJoiner(", ");
        count(counts, loaded.inserted(), "inserted");
        count(counts, loaded.updated(), "updated");
        count(counts, loaded.unchanged(), "unchanged");
        count(counts, loaded.ignored(), "ignored");
        count(counts, loaded.superseded(), "superseded");
        String message = String.format(
                "%,d %s into table %s%s of %s",
                coverage.rows().used(),
                coverage.rows().used() == 1 ? "row" : "rows",
                ingest.table(),
                counts.length() == 0 ? "" : " (" + counts + ")",
                files(coverage));
        return new Described(result.digested(), message);
    }

    private static void count(StringJoiner counts, long rows, String what) {
        if (rows > 0) {
            counts.add(String.format("%,d %s", rows, what));
        }
    }

    private static List<List<@Nullable String>> best(GroupSchema schema, List<List<@Nullable String>> candidates) {
        RowOutput out = RowOutput.csv(null);
        new GroupResults(schema, List.of()).writeTop(candidates, out);
        return out.first();
    }

    private static List<GroupsPartial> groups(Coverage coverage) {
        return coverage.partials(coverage.plan().stages().getFirst()).stream()
                .map(GroupsPartial.class::cast)
                .toList();
    }

    private static JobResult placed(FileJobSpec spec, Coverage coverage, JobResult result) {
        PublishedPartial published = published(spec, coverage);
        return published == null || spec.output() == null
                ? result.digested()
                : result.putTo(spec.output().place(), published.bytes(), published.digest());
    }

    /** Returns the published output, if the spec asks for one. */
    private static @Nullable PublishedPartial published(FileJobSpec spec, Coverage coverage) {
        Stage last = coverage.plan().stages().getLast();
        return spec.output() == null
                ? null
                : (PublishedPartial) coverage.partials(last).getFirst();
    }

    private static String files(Coverage coverage) {
        long inputs = coverage.plan().slicing().inputs();
        long rejected = coverage.rows().rejected();
        return String.format("%,d %s", inputs, inputs == 1 ? "file" : "files")
                + (rejected == 0 ? "" : String.format(", %,d rejected", rejected));
    }
}
