package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code filejob validate}. */
@Command(
        name = "validate",
        description = "Checks a manifest and reports all errors in it. It does not read any input or use the network.")
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ManifestFile manifest;

    @Override
    public Integer call() {
        FileJob job = manifest.read();
        command.commandLine().getOut().println("FileJob " + job.name() + " is valid");
        return ExitCode.DONE.number();
    }
}
