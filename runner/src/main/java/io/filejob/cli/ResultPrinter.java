package io.filejob.cli;

import io.filejob.api.FileJob;
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

/** A complete job for people. */
final class ResultPrinter {
    private ResultPrinter() {}

    static void print(FileJob job, PrintWriter out) {
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
            rows(aggregate, out);
        }
        out.println(
                result instanceof AverageResult mean && mean.average() != null
                        ? "average   " + mean.average()
                        : status.message());
        out.printf("rows      %,d in, %,d used, %,d rejected%n", rows.in(), rows.used(), rows.rejected());
        out.printf("files     %,d%n", plan.inputs());
        out.printf("slices    %,d of %,d%n", slices.done(), slices.total());
        out.printf("digest    %s%n", result.digest());
        ResultOutput output = result.output();
        if (output.uri() != null) {
            out.printf("output    %s (%,d bytes)%n", output.uri(), output.bytes());
        }
        out.printf("time      %s%n", summary.duration());
        if (status.rejected() != null) {
            out.println("rejected, for example:");
            for (RejectedRecord record : status.rejected().samples()) {
                out.println("  " + record.describe());
            }
        }
    }

    /** The first rows as a table. */
    private static void rows(AggregateResult result, PrintWriter out) {
        List<List<String>> table = new ArrayList<>();
        table.add(result.columns());
        table.addAll(result.rows());
        int columns = table.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : table) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(i == 0 ? "" : "  ")
                        .append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()));
            }
            out.println(line.toString().stripTrailing());
        }
        long more = result.groups() - table.size() + 1;
        if (more > 0) {
            out.printf("... and %,d more%n", more);
        }
        out.println();
    }
}
