package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.log.Printable;
import io.filejob.operation.PlanText;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code filejob plan}. */
@Command(
        name = "plan",
        description = "Prints the plan of a job without running it: stages, slices, and each worker's stripe.")
final class PlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ManifestFile manifest;

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    @Mixin
    private LocationOptions options = new LocationOptions();

    @Override
    public Integer call() {
        FileJob job = manifest.read(parameters.edits());
        Plan plan;
        try (Storage storage = Storage.of(job.spec(), manifest.base(), options.secrets(), options.mounts())) {
            plan = Planner.plan(job.spec(), storage);
        }
        PrintWriter out = command.commandLine().getOut();
        PlanText.lines(job, plan).forEach(line -> out.println(Printable.line(line)));
        return ExitCode.DONE.number();
    }
}
