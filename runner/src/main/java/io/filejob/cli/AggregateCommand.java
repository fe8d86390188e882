package io.filejob.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.oneline.ConditionText;
import io.filejob.oneline.ItemList;
import io.filejob.oneline.ManifestDraft;
import io.filejob.oneline.MeasureText;
import io.filejob.oneline.TimestampText;
import io.filejob.spec.MeasureFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code filejob aggregate}. */
@Command(
        name = "aggregate",
        description = "Groups rows by columns and computes exact sums, counts and other measures of each group.",
        footerHeading = OneLineCommand.EXAMPLES,
        footer = {
            "  filejob aggregate --by Song,Date --sum Plays:Total plays.csv -o totals.csv",
            "  filejob aggregate --by Song --sum Plays --count 'plays/*.csv' --top 10",
            "  filejob aggregate --by Song --max Date:date --where 'Plays>=5' plays.tsv",
            "  filejob aggregate --by Date,Song --truncate Date:month --sum Plays plays.csv",
            "  filejob aggregate --by Song --sum Plays plays.csv --manifest > job.yaml",
            "",
            "A name with a comma or a colon is written in double quotes: --by '\"Last, first\",Date'. The comparisons < <= >"
                    + " >= are of numbers or dates if the value is one; = and != compare texts, unless the column has a"
                    + " type: --where 'price:decimal=10'."
        })
final class AggregateCommand extends RowsCommand {
    private static final String PATH = "spec.operation.aggregate.";

    private final List<ObjectNode> measures = new ArrayList<>();

    @Option(
            names = "--by",
            paramLabel = "COLUMN,...",
            description = "The key columns. Without them, all rows are one group.")
    private @Nullable String keys;

    @Option(
            names = "--truncate",
            paramLabel = "COLUMN[:UNIT[:FORMAT]],...",
            description =
                    "Columns with dates or times. As keys they are truncated to hour, day (the default), week, month or"
                            + " year; comparisons of type date use their day. FORMAT is for example 'dd.MM.yyyy HH:mm',"
                            + " by default ISO 8601.")
    private final List<String> timestamps = new ArrayList<>();

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description =
                    "Use only rows for which all conditions hold: COLUMN, one of = != < <= > >=, and a value. May be"
                            + " repeated, or joined by \"and\".")
    private final List<String> where = new ArrayList<>();

    @Option(
            names = "--having",
            paramLabel = "CONDITION",
            description = "Output only groups for which all conditions on keys and measures hold.")
    private final List<String> having = new ArrayList<>();

    @Option(names = "--top", paramLabel = "N", description = "Output the N groups with the largest measure.")
    private @Nullable Integer top;

    @Option(names = "--bottom", paramLabel = "N", description = "Output the N groups with the smallest measure.")
    private @Nullable Integer bottom;

    @Option(
            names = "--rank-by",
            paramLabel = "NAME",
            description = "The measure or key for --top and --bottom. Default: the first measure.")
    private @Nullable String rank;

    /** Adds the options of all functions, which keep the order of the command line. */
    @Spec
    void command(CommandSpec spec) {
        for (MeasureFunction function : MeasureFunction.values()) {
            spec.addOption(MeasureOption.of(function, measures::addAll));
        }
    }

    @Override
    void operation(ManifestDraft draft, ObjectNode operation) {
        if (measures.isEmpty()) {
            throw new JobFailedException(
                    ExitCode.USAGE,
                    "a measure is missing: add for example --sum COLUMN, or --count for the number of rows");
        }
        ObjectNode aggregate = operation.putObject("aggregate");
        List<String> names = keys == null ? List.of() : ItemList.names("--by", keys);
        if (keys != null) {
            names.forEach(aggregate.putArray("groupBy")::add);
        }
        measures.forEach(aggregate.putArray("measures")::add);
        draft.from(PATH + "groupBy", "--by").from(PATH + "measures", "measures");
        timestamps.forEach(
                text -> TimestampText.parse("--truncate", text).forEach(aggregate.withArray("timestamps")::add));
        draft.from(PATH + "timestamps", "--truncate");
        where.forEach(text -> ConditionText.ofRows("--where", text).forEach(aggregate.withArray("where")::add));
        having.forEach(
                text -> ConditionText.ofGroups("--having", text, names).forEach(aggregate.withArray("having")::add));
        draft.from(PATH + "where", "--where").from(PATH + "having", "--having");
        ranking(draft, aggregate);
    }

    private void ranking(ManifestDraft draft, ObjectNode aggregate) {
        Integer limit = top == null ? bottom : top;
        if (top != null && bottom != null) {
            throw new JobFailedException(ExitCode.USAGE, "--top and --bottom: leave one out");
        }
        if (limit == null) {
            if (rank != null) {
                throw new JobFailedException(ExitCode.USAGE, "--rank-by: has no effect; add --top or --bottom");
            }
            return;
        }
        ObjectNode first = measures.getFirst();
        aggregate
                .putObject("top")
                .put("by", rank == null ? MeasureText.name(first) : rank)
                .put("order", top == null ? "ascending" : "descending")
                .put("limit", limit);
        draft.from(PATH + "top", top == null ? "--bottom" : "--top").from(PATH + "top.by", "--rank-by");
    }
}
