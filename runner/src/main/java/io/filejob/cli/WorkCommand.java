package io.filejob.cli;

import io.filejob.job.Plan;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJob;
import io.filejob.plan.Planner;
import io.filejob.storage.DirectoryStore;
import io.filejob.storage.InFlightFile;
import io.filejob.storage.TemporaryFolder;
import io.filejob.work.Worker;
import io.filejob.work.WorkerSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code filejob work}. */
@Command(
        name = "work",
        description = "Runs one worker of a job, as a pod does: its share of the slices, then what others have left,"
                + " until all of the job is committed to the store. Start W of them, one an index, anywhere"
                + " the store and the input can be reached; any of them may die and be started again.")
final class WorkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ManifestFile manifest;

    @Option(
            names = "--index",
            paramLabel = "I",
            required = true,
            defaultValue = "${env:JOB_COMPLETION_INDEX}",
            description = "Which worker this is, from 0. Default: JOB_COMPLETION_INDEX of the environment.")
    private int index;

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "W",
            description = "How many workers there are. Default: spec.workers.")
    private @Nullable Integer workers;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            required = true,
            description = "The folder with the ledgers of all workers.")
    private Path store;

    @Option(
            names = "--attempt",
            paramLabel = "NAME",
            description = "Names this attempt, unlike any other of this job. Default: a random UUID.")
    private @Nullable String attempt;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "What relative paths of the manifest are below. Default: the manifest's folder.")
    private @Nullable Path base;

    @Option(
            names = "--in-flight",
            paramLabel = "FILE",
            description =
                    "Keep the number of the slice that is being done in this file, for whoever has to find out what"
                            + " killed the worker (in a pod: its termination message).")
    private @Nullable Path inFlight;

    @Option(names = "--with-parent", hidden = true, description = "End when standard input does.")
    private boolean withParent;

    @Override
    public Integer call() throws InterruptedException {
        FileJob job = manifest.read();
        int w = workers == null ? job.spec().workers() : workers;
        if (w < 1 || index < 0) {
            throw new ParameterException(
                    command.commandLine(), "--index " + index + " of --workers " + w + ": use 0 to W-1 of at least 1");
        }
        if (attempt != null && !attempt.matches("[A-Za-z0-9-]{1,64}")) {
            throw new ParameterException(
                    command.commandLine(), "--attempt: \"" + attempt + "\" is not 1 to 64 letters, digits and '-'");
        }
        if (withParent) {
            endWithParent();
        }
        Path places = base == null ? manifest.base() : base;
        Plan plan = Planner.plan(job.spec(), places);
        DirectoryStore ledgers = DirectoryStore.ofWorker(store.toAbsolutePath().normalize(), plan.fingerprint());
        String name = attempt == null ? UUID.randomUUID().toString() : attempt;
        InFlightFile marker = inFlight == null ? null : new InFlightFile(inFlight);
        TemporaryFolder temporary = TemporaryFolder.create();
        Worker worker = new Worker(new WorkerSetup(
                job.spec(),
                plan,
                ledgers,
                places,
                new WorkerSetup.Identity(index, w, name),
                temporary.path().resolve(name),
                marker == null ? slice -> {} : marker::begin,
                Clock.systemUTC()));
        boolean committed = Interruptible.call(
                () -> {
                    try (temporary;
                            marker) {
                        return worker.run();
                    }
                },
                worker::stop);
        return (committed ? ExitCode.DONE : ExitCode.TERMINATED).number();
    }

    /** Somebody who was killed cannot end those that work for him. */
    private static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is ever said: only the end counts.
                }
            } catch (IOException e) {
                // The pipe broke, which means the same.
            }
            Runtime.getRuntime().exit(ExitCode.TERMINATED.number());
        });
    }
}
