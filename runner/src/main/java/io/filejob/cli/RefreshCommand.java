package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.engine.Operations;
import io.filejob.failure.ExitCode;
import io.filejob.ledger.RefreshedTable;
import io.filejob.log.Printable;
import io.filejob.storage.Storage;
import io.filejob.storage.temporary.TemporaryFolder;
import java.io.PrintWriter;
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
        List<RefreshedTable> refreshed;
        try (TemporaryFolder temporary = TemporaryFolder.create();
                Storage storage = Storage.of(job.spec(), manifest.base(), options.secrets(), options.mounts())) {
            refreshed = Operations.refresh(job.spec(), storage, temporary.path());
        }
        PrintWriter out = command.commandLine().getOut();
        refreshed.forEach(table -> out.println(Printable.line(table.describe())));
        return ExitCode.DONE.number();
    }
}
