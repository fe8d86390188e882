package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.engine.Operations;
import io.filejob.failure.ExitCode;
import io.filejob.kubernetes.ApiAccess;
import io.filejob.kubernetes.ApiServer;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.log.Printable;
import io.filejob.operation.Planner;
import io.filejob.storage.KeptStore;
import io.filejob.storage.Storage;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.temporary.TemporaryFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code filejob cleanup}. */
@Command(
        name = "cleanup",
        description =
                "Removes the internal data of a job, regardless of how it ended: staging tables and ledger rows in the"
                        + " database, partial results and ledgers in its store. Its result and the data of other jobs are kept."
                        + " The job cannot be resumed afterwards; workers that still run end. It may be repeated.",
        footer = {"", "In a pod (--config-map), the API server is found as by the command work."})
final class CleanupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(
            names = "--job",
            paramLabel = "NAME",
            description =
                    "The job's name in the column job of the table filejob_ledger, for a job without a store. In a"
                            + " cluster that is the FileJob's UID.")
    private @Nullable String job;

    @Mixin
    private JobOptions jobOptions = new JobOptions();

    @Mixin
    private LocationOptions options = new LocationOptions();

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    @Override
    public Integer call() {
        String configMap = jobOptions.configMap();
        if (configMap == null) {
            cleanUpHere();
        } else {
            cleanUpInPod(configMap);
        }
        return ExitCode.DONE.number();
    }

    private void cleanUpInPod(String name) {
        if (Stream.of(jobOptions.manifest(), jobOptions.store(), job).anyMatch(each -> each != null)
                || !options.isEmpty()) {
            throw jobOptions.usage(
                    "--config-map names the job, and a pod has its volumes and Secrets: leave out MANIFEST, --store,"
                            + " --job, --mount and --secret");
        }
        ConfigMaps configMaps =
                new ConfigMaps(new ApiServer(ApiAccess.ofPod(System.getenv())), PodWorker.namespace(System.getenv()));
        JobConfigMap owner = JobConfigMap.read(configMaps, name);
        try (Storage storage = Storage.ofPod(owner, configMaps, Secrets.ofPod(System.getenv()))) {
            externalData(owner.job(), owner.uid(), storage);
            if (owner.job().spec().store() != null) {
                String partials = Storage.below(owner.job().spec().store().uri(), owner.uid());
                storage.folder(partials).clear();
                say(partials + " is removed");
            }
        }
    }

    private void cleanUpHere() {
        Path manifest = jobOptions.manifest();
        if (manifest == null) {
            throw jobOptions.usage("name a MANIFEST, or a --config-map");
        }
        if (jobOptions.store() != null && job != null) {
            throw jobOptions.usage("a --store names its job itself: leave out --job");
        }
        ManifestFile file = new ManifestFile(manifest);
        FileJob owner = file.read(parameters.edits());
        try (Storage storage = Storage.of(owner.spec(), file.base(), options.secrets(), options.mounts())) {
            if (job != null) {
                externalData(owner, job, storage);
                return;
            }
            String location = jobOptions
                    .store(owner.spec(), file.base())
                    .orElseThrow(() ->
                            jobOptions.usage("name the --store, or the --job, since the manifest has no spec.store"));
            KeptStore kept = new KeptStore(storage, location);
            Optional<String> name = kept.job(Planner.digest(owner.spec()));
            name.ifPresent(known -> externalData(owner, known, storage));
            kept.remove();
            say(
                    name.isPresent()
                            ? "the store " + location + " is removed"
                            : "there is no job in the store " + location);
        }
    }

    private void externalData(FileJob owner, String name, Storage storage) {
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            String removed = Operations.data(owner.spec(), name, storage, temporary.path())
                    .remove();
            if (!removed.isEmpty()) {
                say("removed " + removed);
            }
        }
    }

    private void say(String text) {
        command.commandLine().getOut().println(Printable.text(text));
        command.commandLine().getOut().flush();
    }
}
