package io.filejob.operation;

import io.filejob.api.FileJob;
import io.filejob.csv.DelimiterGuess;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.plan.Plan;
import io.filejob.plan.Slicing;
import io.filejob.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes a plan for people: stages, slices, and each worker's stripe. */
public final class PlanText {
    private static final int SHOWN = 4;

    private PlanText() {}

    /** Returns the lines of the description of {@code plan}, the plan of {@code job}. */
    public static List<String> lines(FileJob job, Plan plan) {
        List<String> lines = new ArrayList<>();
        int workers = job.spec().workers();
        JobOperation<?> operation = JobOperation.of(job.spec());
        lines.add("job          " + job.name());
        lines.add("fingerprint  " + plan.fingerprint().combined());
        lines.add("input        " + input(plan.slicing()));
        char found = plan.fingerprint().cut().delimiter();
        if (found != 0) {
            lines.add("delimiter    " + DelimiterGuess.shown(found) + ", found in the input");
        }
        for (Stage stage : plan.stages()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "stage        %s: %,d %s",
                    operation.describe(stage.kind()),
                    stage.slices(),
                    stage.slices() == 1 ? "slice" : "slices"));
            for (int worker = 0; worker < Math.min(workers, SHOWN); worker++) {
                lines.add("  worker " + worker + "   " + stripe(stage, worker, workers));
            }
            if (workers > SHOWN) {
                lines.add("  ...        up to worker " + (workers - 1));
            }
        }
        lines.add("A worker that has finished its stripe continues with the slices that are still open.");
        return List.copyOf(lines);
    }

    private static String input(Slicing slicing) {
        return switch (slicing) {
            case GeneratedSlicing generated ->
                String.format(
                        Locale.ROOT,
                        "%,d generated files of %,d entries, %,d files a slice",
                        generated.inputs(),
                        generated.generate().entriesPerFile(),
                        generated.generate().filesPerSlice());
            case FileSlicing files ->
                String.format(
                        Locale.ROOT,
                        "%,d files, %,d bytes, %,d bytes a slice",
                        files.inputs(),
                        files.bytes(),
                        files.slices() == 0 ? 0 : files.end(0));
        };
    }

    private static String stripe(Stage stage, int worker, int workers) {
        long count = Plan.stripe(stage, worker, workers).count();
        String first = Plan.stripe(stage, worker, workers)
                .limit(SHOWN)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        return count == 0
                ? "nothing of its own"
                : String.format(
                        Locale.ROOT,
                        "%,d %s: %s%s",
                        count,
                        count == 1 ? "slice" : "slices",
                        first,
                        count > SHOWN ? ", ..." : "");
    }
}
