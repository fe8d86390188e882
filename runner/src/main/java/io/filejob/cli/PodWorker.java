package io.filejob.cli;

import io.filejob.api.FileJobSpec;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.cluster.PodEnvironment;
import io.filejob.cluster.StacksConfigMap;
import io.filejob.cluster.TraceIds;
import io.filejob.engine.Operations;
import io.filejob.engine.OverwriteCheck;
import io.filejob.engine.WorkInProgress;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.kubernetes.ApiAccess;
import io.filejob.kubernetes.ApiServer;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.ledger.Versions;
import io.filejob.local.WorkerHeap;
import io.filejob.log.EventLog;
import io.filejob.log.LogField;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.storage.Storage;
import io.filejob.storage.configmap.ConfigMapStore;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.storage.configmap.PinnedListing;
import io.filejob.storage.configmap.ProfileConfigMap;
import io.filejob.storage.local.InFlightFile;
import io.filejob.storage.local.Secrets;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.time.MonotonicClock;
import io.filejob.time.Waits;
import io.filejob.trace.WorkerTrace;
import io.filejob.worker.Worker;
import io.filejob.worker.WorkerSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A worker in a pod: it reads its job from a ConfigMap and keeps its ledger in another. Not thread-safe. */
final class PodWorker {
    /** Minimum interval between two reports of a worker's waits, and its growth with each worker. */
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

    private static final Duration WRITE_SHARE = Duration.ofMillis(100);

    /** Profiles are written less often than waits are reported, since they are larger. */
    private static final int PROFILE_INTERVALS = 3;

    private final ApiServer server;
    private final String namespace;
    private final PrintWriter err;
    private final EventLog log;
    private final Clock clock;

    PodWorker(ApiAccess access, String namespace, PrintWriter err, EventLog log, Clock clock) {
        this.server = new ApiServer(access);
        this.namespace = namespace;
        this.err = err;
        this.log = log;
        log.set(LogField.NAMESPACE, namespace);
        this.clock = MonotonicClock.startingAt(clock);
    }

    /**
     * Returns the pod's namespace from {@link PodEnvironment#NAMESPACE} or, if it is not set, from the service account's
     * files.
     */
    static String namespace(Map<String, String> environment) {
        String named = environment.get(PodEnvironment.NAMESPACE);
        if (named != null && !named.isEmpty()) {
            return named;
        }
        Path file = PodEnvironment.SERVICE_ACCOUNT.resolve("namespace");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.USAGE, PodEnvironment.NAMESPACE + " is not set, and " + file + ": " + IoReason.of(e), e);
        }
    }

    /**
     * Runs the worker for the job in ConfigMap {@code name}, which also holds W. {@code inFlight} replaces the pod's
     * termination message if it is not null.
     */
    ExitCode run(String name, WorkerSetup.Identity identity, @Nullable Path inFlight) throws InterruptedException {
        Path words = inFlight == null && Files.exists(PodEnvironment.TERMINATION_MESSAGE)
                ? PodEnvironment.TERMINATION_MESSAGE
                : inFlight;
        try (InFlightFile lastWords = words == null ? null : new InFlightFile(words)) {
            try {
                ExitCode end = work(name, identity, lastWords);
                silence(lastWords);
                return end;
            } catch (JobFailedException failure) {
                if (lastWords != null) {
                    lastWords.fail(failure);
                }
                throw failure;
            }
        }
    }

    private ExitCode work(String name, WorkerSetup.Identity identity, @Nullable InFlightFile lastWords)
            throws InterruptedException {
        Instant begun = clock.instant();
        log.set(LogField.WORKER, Integer.toString(identity.index()));
        log.set(LogField.ATTEMPT, identity.attempt());
        Waits.listen(reason -> log.info("waits: " + reason));
        ConfigMaps configMaps = new ConfigMaps(server, namespace);
        JobConfigMap job = JobConfigMap.read(configMaps, name);
        log.set(LogField.JOB, job.job().name());
        job.checkProtocol();
        Storage storage = Storage.ofPod(job, configMaps, Secrets.ofPod(System.getenv()));
        storage.checkConfigMap(job.job().spec());
        WorkerHeap.check(job.job().spec(), Runtime.getRuntime().maxMemory());
        Plan plan = plan(configMaps, job, storage, identity);
        OverwriteCheck.check(
                job.job().spec(),
                plan,
                storage,
                job.job().spec().store() == null
                        ? null
                        : job.job().spec().store().uri(),
                List.of());
        log.info(String.format(
                Locale.ROOT,
                "worker %d of %d, job %s: %,d slices, attempt %s",
                identity.index(),
                job.workers(),
                job.job().name(),
                plan.slices(),
                identity.attempt()));
        new FoundDelimiterNote(log).accept(plan);
        TemporaryFolder temporary = TemporaryFolder.create();
        ConfigMapStore store = new ConfigMapStore(configMaps, job, plan.fingerprint(), clock);
        WorkInProgress progress = new LoggedWork(new RecordedWork(lastWords, store::crashed), plan, log);
        WorkerTrace trace = TraceIds.isOn(System.getenv()) ? trace(job, identity) : null;
        WorkerSetup setup = new WorkerSetup(
                job.job().spec(),
                plan,
                store,
                storage,
                job.job().spec().store() == null
                        ? null
                        : storage.folder(Storage.below(job.job().spec().store().uri(), job.uid())),
                null,
                new WorkerSetup.Identity(identity.index(), job.workers(), identity.attempt()),
                temporary.path().resolve(identity.attempt()),
                trace == null ? progress : new TracedWork(progress, trace),
                clock);
        Worker worker = new Worker(setup);
        PodProfile profile = profile(configMaps, job, identity, temporary.path());
        store.onProfiling(profile::begin);
        boolean committed = Interruptible.call(
                () -> {
                    try (temporary;
                            profile;
                            trace) {
                        return run(worker, setup);
                    }
                },
                () -> end(worker, lastWords));
        log.info(String.format(
                Locale.ROOT,
                "worker %d: %s; %,d slices done here in %d s",
                identity.index(),
                committed ? "all of the job is committed" : "told to end",
                worker.performed(),
                Duration.between(begun, clock.instant()).toSeconds()));
        return committed ? ExitCode.DONE : ExitCode.TERMINATED;
    }

    private WorkerTrace trace(JobConfigMap job, WorkerSetup.Identity identity) {
        return WorkerTrace.start(
                job.uid(), namespace, job.job().name(), identity.index(), identity.attempt(), log::warn);
    }

    private PodProfile profile(ConfigMaps configMaps, JobConfigMap job, WorkerSetup.Identity identity, Path folder) {
        return new PodProfile(
                folder,
                StacksConfigMap.LIMIT,
                interval(job.workers()).multipliedBy(PROFILE_INTERVALS),
                stacks -> ProfileConfigMap.write(configMaps, job, identity.index(), identity.attempt(), stacks),
                log::info);
    }

    private static boolean run(Worker worker, WorkerSetup setup) {
        Duration interval = interval(setup.identity().workers());
        try (WaitReport _ = new WaitReport(interval, _ -> worker.report())) {
            return worker.run();
        } catch (JobFailedException failure) {
            if (failure.reason().endsJob()) {
                Operations.data(setup.spec(), setup.store().job(), setup.storage(), setup.scratch())
                        .abandon();
            }
            throw failure;
        }
    }

    /**
     * Returns the plan; if it takes long to list the input, reports this. All workers together write as often as they
     * write ledgers, or less.
     */
    private Plan plan(ConfigMaps configMaps, JobConfigMap job, Storage storage, WorkerSetup.Identity identity) {
        try (WaitReport _ = new WaitReport(interval(job.workers()), waits -> tell(configMaps, job, identity, waits))) {
            return WaitReport.whileListing(
                    storage, ProgressLine.log(err, log, clock), () -> plan(configMaps, job, storage));
        }
    }

    private void tell(ConfigMaps configMaps, JobConfigMap job, WorkerSetup.Identity identity, String waits) {
        try {
            ConfigMapStore.writeWaits(configMaps, job, identity.index(), identity.attempt(), waits);
        } catch (JobFailedException e) {
            log.warn("cannot report waits: " + e.getMessage());
        }
    }

    private static Duration interval(int workers) {
        Duration shared = WRITE_SHARE.multipliedBy(workers);
        return shared.compareTo(REPORT_INTERVAL) > 0 ? shared : REPORT_INTERVAL;
    }

    /** Returns the plan; of input files, the one pinned by the first worker that listed them. */
    private static Plan plan(ConfigMaps configMaps, JobConfigMap job, Storage storage) {
        FileJobSpec spec = job.job().spec();
        if (spec.input().files() == null) {
            Plan plan = Planner.plan(spec, storage);
            job.check(plan);
            return plan;
        }
        InputListingConfigMap pinned = PinnedListing.read(configMaps, job)
                .orElseGet(() -> PinnedListing.pin(configMaps, job, Planner.plan(spec, storage)));
        if (pinned.cut() == null || pinned.cut().protocol() != Cut.PROTOCOL) {
            throw Versions.differ(
                    "the plan of ConfigMap " + job.name(),
                    pinned.cut() == null ? Cut.UNPINNED : pinned.cut().protocol());
        }
        Plan plan = Planner.plan(spec, pinned.files(), pinned.cut());
        pinned.check(plan);
        return plan;
    }

    /**
     * Stops the worker and commits its finished slices, since the slice in flight may take longer than the grace
     * period.
     */
    private void end(Worker worker, @Nullable InFlightFile lastWords) {
        silence(lastWords);
        worker.stop();
        server.hurry();
        Thread.ofPlatform().daemon().name("commit").start(() -> {
            try {
                worker.commit();
            } catch (JobFailedException e) {
                // The server is unavailable and this pod must end, so another attempt processes the slices again.
                log.warn("not everything could be committed: " + e.getMessage());
            }
        });
    }

    private static void silence(@Nullable InFlightFile lastWords) {
        if (lastWords != null) {
            lastWords.silence();
        }
    }
}
