package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.operation.JobOperation;
import io.filejob.operation.Planner;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.GeneratedSlicing;
import io.filejob.plan.Plan;
import io.filejob.plan.Slicing;
import io.filejob.plan.Stage;
import io.filejob.storage.Storage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code filejob explain}. */
@Command(
        name = "explain",
        description = "Prints the plan of a job without running it: stages, slices, and each worker's stripe.")
final class ExplainCommand implements Callable<Integer> {
    private static final int SHOWN = 4;

    @Spec
    private CommandSpec command;

    @Mixin
    private ManifestFile manifest;

    @Mixin
    private LocationOptions options = new LocationOptions();

    @Override
    public Integer call() {
        FileJob job = manifest.read();
        Plan plan;
        try (Storage storage = Storage.of(job.spec(), manifest.base(), options.secrets(), options.mounts())) {
            plan = Planner.plan(job.spec(), storage);
        }
        PrintWriter out = command.commandLine().getOut();
        int workers = job.spec().workers();
        JobOperation<?> operation = JobOperation.of(job.spec());
        out.println("job          " + job.name());
        out.println("fingerprint  " + plan.fingerprint().combined());
        out.println("input        " + input(plan.slicing()));
        for (Stage stage : plan.stages()) {
            out.printf(
                    "stage        %s: %,d %s%n",
                    operation.describe(stage.kind()), stage.slices(), stage.slices() == 1 ? "slice" : "slices");
            for (int worker = 0; worker < Math.min(workers, SHOWN); worker++) {
                out.printf("  worker %d   %s%n", worker, stripe(stage, worker, workers));
            }
            if (workers > SHOWN) {
                out.printf("  ...        up to worker %d%n", workers - 1);
            }
        }
        out.println("A worker that has finished its stripe continues with the slices that are still open.");
        return ExitCode.DONE.number();
    }

    private static String input(Slicing slicing) {
        return switch (slicing) {
            case GeneratedSlicing generated ->
                String.format(
                        "%,d generated files of %,d entries, %,d files a slice",
                        generated.inputs(),
                        generated.generate().entriesPerFile(),
                        generated.generate().filesPerSlice());
            case FileSlicing files ->
                String.format(
                        "%,d files, %,d bytes, %,d bytes a slice",
                        files.inputs(), files.bytes(), files.slices() == 0 ? 0 : files.end(0));
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
                        "%,d %s: %s%s", count, count == 1 ? "slice" : "slices", first, count > SHOWN ? ", ..." : "");
    }
}
