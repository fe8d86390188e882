package io.filejob.cli;

import io.filejob.model.ExitCode;
import io.filejob.model.FileJob;
import io.filejob.model.IngestSpec;
import io.filejob.model.JobFailedException;
import io.filejob.op.Operations;
import io.filejob.storage.Storage;
import io.filejob.storage.TemporaryFolder;
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
    private LocationOptions options = new LocationOptions();

    @Override
    public Integer call() {
        FileJob job = manifest.read();
        if (!(job.spec().operation().chosen() instanceof IngestSpec ingest)
                || ingest.aggregateTables().isEmpty()) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "spec.operation.ingest.aggregates: there are none, so nothing can be refreshed");
        }
        try (TemporaryFolder temporary = TemporaryFolder.create();
                Storage places = Storage.of(job.spec(), manifest.base(), options.secrets(), options.mounts())) {
            Operations.refresh(job.spec(), ingest, places, temporary.path());
        }
        ingest.aggregateTables()
                .forEach(table -> command.commandLine().getOut().println(table.table() + " is up to date"));
        return ExitCode.DONE.number();
    }
}
