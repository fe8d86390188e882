package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.engine.Operations;
import io.filejob.failure.ExitCode;
import io.filejob.storage.Storage;
import io.filejob.storage.temporary.TemporaryFolder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code filejob refresh}. */
@Command(
        name = "refresh",
        description = "Rebuilds the aggregated tables of an ingest from the current rows of its table, including those"
                + " with refresh: demand. It does not load or read any input.")
final class RefreshCommand implements Callable<Integer> {
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
        List<String> refreshed;
        try (TemporaryFolder temporary = TemporaryFolder.create();
                Storage storage = Storage.of(job.spec(), manifest.base(), options.secrets(), options.mounts())) {
            refreshed = Operations.refresh(job.spec(), storage, temporary.path());
        }
        refreshed.forEach(table -> command.commandLine().getOut().println(table + " is up to date"));
        return ExitCode.DONE.number();
    }
}
