package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.engine.Operations;
import io.filejob.failure.ExitCode;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.temporary.TemporaryFolder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code filejob validate}. */
@Command(
        name = "validate",
        description = "Checks a manifest and reports all errors in it. It does not read any input or use the network,"
                + " unless --input is set.")
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ManifestFile manifest;

    @Option(
            names = "--input",
            description = "Also list the input files and check their headers or, with compressImages, all rows."
                    + " Nothing is fetched, computed or written.")
    private boolean input;

    @Mixin
    private LocationOptions options = new LocationOptions();

    @Override
    public Integer call() {
        if (!input && !options.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--mount and --secret have no effect without --input: add that");
        }
        FileJob job = manifest.read();
        if (input) {
            checkInput(job);
        }
        command.commandLine()
                .getOut()
                .println("FileJob " + job.name() + (input ? " and its input are valid" : " is valid"));
        return ExitCode.DONE.number();
    }

    private void checkInput(FileJob job) {
        try (TemporaryFolder temporary = TemporaryFolder.create();
                Storage storage = Storage.of(job.spec(), manifest.base(), options.secrets(), options.mounts())) {
            Plan plan = Planner.plan(job.spec(), storage);
            Operations.checkInput(job.spec(), plan.slicing(), storage, temporary.path());
        }
    }
}
