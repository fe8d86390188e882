package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.cluster.PodEnvironment;
import io.filejob.engine.CountedWork;
import io.filejob.engine.OverwriteCheck;
import io.filejob.engine.WorkInProgress;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.kubernetes.ApiAccess;
import io.filejob.local.CounterReport;
import io.filejob.local.ReadReport;
import io.filejob.local.WorkerHeap;
import io.filejob.log.EventLog;
import io.filejob.log.LogField;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.local.InFlightFile;
import io.filejob.storage.state.StateStore;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.time.MonotonicClock;
import io.filejob.time.Waits;
import io.filejob.worker.MetricsServer;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code filejob work}. */
@Command(
        name = "work",
        description =
                "Runs one worker of a job, as a pod does: first its share of the slices, then slices left by others,"
                        + " until the whole job is committed to the store. Start W of them, one per index, wherever"
                        + " the store and the input are accessible; any of them may be killed and started again.",
        footer = {
            "",
            "In a pod (--config-map), the API server and its credentials are found where Kubernetes puts them;"
                    + " " + PodEnvironment.API_URL + ", " + PodEnvironment.API_TOKEN_FILE + " and "
                    + PodEnvironment.API_CA_FILE + " set others, and " + PodEnvironment.NAMESPACE
                    + " sets the namespace."
        })
final class WorkCommand implements Callable<Integer> {
    private static final Duration REPORT_INTERVAL = Duration.ofMillis(500);

    @Spec
    private CommandSpec command;

    @Option(
            names = "--index",
            paramLabel = "I",
            required = true,
            defaultValue = "${env:" + PodEnvironment.INDEX + "}",
            description = "The index of this worker, from 0. Default: " + PodEnvironment.INDEX + " of the environment.")
    private int index;

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "W",
            description = "The number of workers. Default: spec.workers.")
    private @Nullable Integer workers;

    @Mixin
    private JobOptions jobOptions = new JobOptions();

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Mixin
    private LocationOptions options = new LocationOptions();

    @Option(
            names = "--attempt",
            paramLabel = "NAME",
            defaultValue = "${env:" + PodEnvironment.ATTEMPT + "}",
            description = "The name of this attempt, unique in the job. Default: " + PodEnvironment.ATTEMPT + " of the"
                    + " environment, or else a random UUID.")
    private @Nullable String attempt;

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "The folder that relative paths in the manifest are resolved against. Default: its own.")
    private @Nullable Path base;

    @Option(
            names = "--in-flight",
            paramLabel = "FILE",
            description =
                    "Keep the number of the slice in progress in this file, which shows later on which slice the worker"
                            + " was killed, or the reason for its failure. Default with --config-map: the pod's"
                            + " termination message.")
    private @Nullable Path inFlight;

    @Option(names = "--crashed", hidden = true, description = "Skip the items of slices that this file lists.")
    private @Nullable Path crashed;

    @Option(names = "--profile", hidden = true, description = "Write the stacks of this worker into this file.")
    private @Nullable Path profile;

    @Option(
            names = "--with-parent",
            hidden = true,
            description = "End when standard input is closed, and print waits, bytes read, and counters.")
    private boolean withParent;

    @Override
    public Integer call() throws InterruptedException {
        if (index < 0) {
            throw jobOptions.usage("--index " + index + ": use 0 to W-1");
        }
        if (attempt != null && !attempt.matches("[A-Za-z0-9-]{1,64}")) {
            throw jobOptions.usage("--attempt: \"" + attempt + "\" is not 1 to 64 letters, digits and '-'");
        }
        if (withParent) {
            Parent.endWith();
            PrintWriter out = command.commandLine().getOut();
            new WaitReport(REPORT_INTERVAL, waits -> {
                out.println(Waits.PREFIX + waits);
                out.flush();
            });
        }
        String configMap = jobOptions.configMap();
        String name = attempt == null ? UUID.randomUUID().toString() : attempt;
        EventLog log = Main.log(command.commandLine().getErr());
        try (MetricsServer _ = metrics.start();
                CounterReport _ =
                        withParent ? new CounterReport(command.commandLine().getOut()) : null) {
            return (configMap == null ? workInFolder(name, log) : workInPod(configMap, name, log)).number();
        } catch (JobFailedException failure) {
            return Main.explain(failure, log);
        }
    }

    /** Returns whether {@code name} is valid for an attempt in a pod, where it is a part of the ledger's name. */
    static boolean isAttempt(String name) {
        return name.matches("[a-z0-9]{8}[A-Za-z0-9-]{0,56}");
    }

    private ExitCode workInPod(String job, String name, EventLog log) throws InterruptedException {
        if (Stream.of(jobOptions.manifest(), workers, jobOptions.store(), base).anyMatch(each -> each != null)) {
            throw jobOptions.usage("--config-map tells the manifest, W and the store:"
                    + " leave out MANIFEST, --workers, --store and --base");
        }
        if (!options.isEmpty()) {
            throw jobOptions.usage("a pod has its volumes and Secrets: leave out --mount and --secret");
        }
        if (!isAttempt(name)) {
            throw jobOptions.usage(
                    "--attempt: \"" + name + "\" does not begin with 8 small letters and digits, as a pod's UID does");
        }
        if (inFlight != null) {
            InFlightFile.checkContent(inFlight);
        }
        PodWorker worker = new PodWorker(
                ApiAccess.ofPod(System.getenv()),
                PodWorker.namespace(System.getenv()),
                command.commandLine().getErr(),
                log,
                Clock.systemUTC());
        return worker.run(job, new WorkerSetup.Identity(index, 1, name), inFlight);
    }

    private WorkInProgress counted(WorkInProgress work) {
        return withParent
                ? new CountedWork(work, new ReadReport(command.commandLine().getOut()))
                : work;
    }

    private ExitCode workInFolder(String name, EventLog log) throws InterruptedException {
        Path manifest = jobOptions.manifest();
        if (manifest == null) {
            throw jobOptions.usage("name a MANIFEST and a --store, or a --config-map");
        }
        ManifestFile file = new ManifestFile(manifest);
        FileJob job = file.readWritten();
        Path folder = base == null ? file.base() : base;
        String storePlace = jobOptions
                .store(job.spec(), folder)
                .orElseThrow(() -> jobOptions.usage("name a --store, or spec.store in the manifest"));
        int w = workers == null ? job.spec().workers() : workers;
        if (w < 1) {
            throw jobOptions.usage("--workers " + w + ": use 1 or more");
        }
        Storage storage = Storage.of(job.spec(), folder, options.secrets(), options.mounts());
        storage.checkConfigMap(job.spec());
        WorkerHeap.check(job.spec(), Runtime.getRuntime().maxMemory());
        log.set(LogField.JOB, job.name());
        log.set(LogField.WORKER, Integer.toString(index));
        log.set(LogField.ATTEMPT, name);
        Plan planned = WaitReport.whileListing(
                storage,
                ProgressLine.log(command.commandLine().getErr(), log, Clock.systemUTC()),
                () -> Planner.plan(job.spec(), storage));
        List<Path> read = new ArrayList<>(options.secrets().paths());
        if (file.file() != null) {
            read.add(file.file());
        }
        OverwriteCheck.check(
                job.spec(),
                planned,
                storage,
                storePlace,
                read,
                inFlight == null ? Map.of() : Map.of("--in-flight", inFlight.toAbsolutePath()));
        if (inFlight != null) {
            InFlightFile.checkContent(inFlight);
        }
        StateStore ledgers = storage.storeOfWorker(storePlace, planned.fingerprint());
        Plan plan = Planner.recut(job.spec(), planned, ledgers.cut());
        InFlightFile marker = inFlight == null ? null : new InFlightFile(inFlight);
        TemporaryFolder temporary = TemporaryFolder.create();
        Worker worker = new Worker(new WorkerSetup(
                job.spec(),
                plan,
                ledgers,
                storage,
                storage.folder(Storage.below(storePlace, "partials")),
                null,
                new WorkerSetup.Identity(index, w, name),
                temporary.path().resolve(name),
                counted(new LoggedWork(new RecordedWork(marker, RecordedWork.in(crashed)), plan, log)),
                MonotonicClock.startingAt(Clock.systemUTC())));
        boolean committed = Interruptible.call(
                () -> {
                    try (temporary;
                            marker;
                            WorkerStacks _ = WorkerStacks.to(profile, temporary.path())) {
                        return worker.run();
                    }
                },
                () -> {
                    worker.stop();
                    // The parent may not wait until the current slice is done.
                    worker.commit();
                });
        return committed ? ExitCode.DONE : ExitCode.TERMINATED;
    }
}
