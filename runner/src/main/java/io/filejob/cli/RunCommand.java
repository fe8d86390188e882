package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.manifest.LocalManifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code filejob run}. */
@Command(
        name = "run",
        description = "Runs a job on this machine and prints its result. Progress goes to standard error.")
class RunCommand extends AbstractRunCommand {
    @Mixin
    private ManifestFile manifest;

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "The output format: text, all rows of the result as csv, or the FileJob with its status as json or"
                            + " yaml.")
    private ResultFormat output;

    /** Creates a command for the command line, which sets its options. */
    RunCommand() {}

    /** Creates a command with the options of {@code plain} that writes to {@code out} and {@code err}. */
    RunCommand(PlainRun plain, PrintWriter out, PrintWriter err) {
        super(plain, out, err);
        this.manifest = new ManifestFile(plain.manifest());
        this.output = plain.output();
    }

    @Override
    final FileJob job() {
        LocalManifest read = manifest.readLocal(parameters.edits());
        return read.hasWorkers() ? read.job() : onAllCores(read.job());
    }

    @Override
    final Path base() {
        return manifest.base();
    }

    @Override
    final @Nullable Path file() {
        return manifest.file();
    }

    @Override
    final boolean isManifestRead() {
        return manifest.isStandardInput();
    }

    @Override
    final ResultFormat format() {
        return output;
    }
}
