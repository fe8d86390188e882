package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.log.Printable;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.status.AggregateResult;
import io.filejob.status.AverageResult;
import io.filejob.status.FileJobStatus;
import io.filejob.status.JobResult;
import io.filejob.status.PlanStatus;
import io.filejob.status.RejectedRecord;
import io.filejob.status.ResultOutput;
import io.filejob.status.RowCounts;
import io.filejob.status.SliceProgress;
import io.filejob.status.Summary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A complete job for people. Texts of users' data cannot control the terminal. */
final class ResultPrinter {
    /** The width of tables that do not go to a terminal, in columns. */
    static final int DEFAULT_WIDTH = 100;

    private final PrintWriter out;
    private final int width;

    /** Prints to {@code out}, with tables of at most {@code width} columns of a terminal. */
    ResultPrinter(PrintWriter out, int width) {
        this.out = out;
        this.width = width;
    }

    /** Prints the result of {@code job}; nothing if it is not complete. */
    void print(FileJob job) {
        FileJobStatus status = job.status();
        if (status == null) {
            return;
        }
        JobResult result = status.result();
        RowCounts rows = status.rows();
        SliceProgress slices = status.slices();
        PlanStatus plan = status.plan();
        Summary summary = status.summary();
        if (result == null || rows == null || slices == null || plan == null || summary == null) {
            return;
        }
        if (result instanceof AggregateResult aggregate) {
            rows(aggregate, averages(job.spec()));
        }
        if (result instanceof AverageResult mean && mean.average() != null) {
            String rounded = RoundedAverage.of(mean.average());
            line("average   " + rounded + (rounded.equals(mean.average()) ? "" : " (rounded; -o json has all digits)"));
        } else {
            Printable.text(status.message()).lines().forEach(this::line);
        }
        out.printf(Locale.ROOT, "rows      %,d in, %,d used, %,d rejected%n", rows.in(), rows.used(), rows.rejected());
        out.printf(Locale.ROOT, "files     %,d%n", plan.inputs());
        out.printf(Locale.ROOT, "slices    %,d of %,d%n", slices.done(), slices.total());
        out.printf(Locale.ROOT, "digest    %s%n", result.digest());
        ResultOutput output = result.output();
        if (output.uri() != null) {
            line("output    " + output.uri() + String.format(Locale.ROOT, " (%,d bytes)", output.bytes()));
        }
        line("time      " + summary.duration());
        if (status.rejected() != null) {
            line("rejected, for example:");
            for (RejectedRecord record : status.rejected().samples()) {
                line("  " + record.describe());
            }
        }
    }

    private void line(String text) {
        out.println(Printable.line(text));
    }

    /** Returns the names of output columns with averages. */
    private static Set<String> averages(FileJobSpec spec) {
        return spec.operation().aggregate() == null
                ? Set.of()
                : spec.operation().aggregate().measures().stream()
                        .filter(measure -> measure.function() == MeasureFunction.AVG)
                        .map(MeasureSpec::outputName)
                        .collect(Collectors.toSet());
    }

    /** Prints the first rows as a table, with rounded averages. */
    private void rows(AggregateResult result, Set<String> averages) {
        List<List<String>> table = new ArrayList<>();
        boolean isRounded = false;
        for (List<String> row : result.rows()) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                boolean isAverage = averages.contains(result.columns().get(i));
                fields.add(isAverage ? RoundedAverage.of(row.get(i)) : row.get(i));
            }
            isRounded |= !fields.equals(row);
            table.add(fields);
        }
        TextTable.lines(result.columns(), table, width).forEach(out::println);
        long more = result.groups() - table.size();
        if (more > 0) {
            out.printf(Locale.ROOT, "... and %,d more%n", more);
        }
        if (isRounded) {
            line("averages are rounded; -o json and an output have all digits");
        }
        out.println();
    }
}
