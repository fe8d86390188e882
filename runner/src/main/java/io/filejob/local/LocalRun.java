package io.filejob.local;

import com.sun.management.OperatingSystemMXBean;
import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.coverage.Coverage;
import io.filejob.engine.ExternalData;
import io.filejob.engine.Operations;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.Loss;
import io.filejob.merge.Merge;
import io.filejob.operation.FoundDelimiter;
import io.filejob.operation.Planner;
import io.filejob.plan.Plan;
import io.filejob.status.FileJobStatus;
import io.filejob.status.JobResult;
import io.filejob.storage.Storage;
import io.filejob.storage.local.DirectoryStore;
import io.filejob.storage.state.StateStore;
import io.filejob.storage.temporary.TemporaryFolder;
import io.filejob.time.MonotonicClock;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs a job on this machine from plan to result. {@link #run} is for one thread, once; {@link #stop} for any. */
public final class LocalRun {
    /** Maximum number of concurrent workers on one machine, since more do not help; the result is the same. */
    public static final int MAX_WORKERS = 256;

    private static final String PARTIALS = "partials";

    private final FileJob job;
    private final LocalOptions options;
    private final Clock clock;
    private @Nullable Workers workers;
    private @Nullable Coverage seen;
    private ExternalData.@Nullable Committed committed;
    private @Nullable Thread planner;
    private boolean stopped;

    /** Creates a run, which does not begin before {@link #run}. */
    public LocalRun(FileJob job, LocalOptions options, Clock clock) {
        this.job = job.withWorkers(workers(job.spec(), options.processes()));
        this.options = options;
        this.clock = MonotonicClock.startingAt(clock);
    }

    /**
     * Returns the number of workers on this machine: no more than it can use, no more threads than its heap and its memory
     * can hold, and no more processes than its memory can hold.
     */
    public static int workers(FileJobSpec spec, boolean processes) {
        int most = Math.min(spec.workers(), MAX_WORKERS);
        return Math.min(
                most, processes ? WorkerHeap.processes(spec, memory()) : WorkerHeap.workers(spec, heap(), memory()));
    }

    /** The memory of the machine or, if it is less, of the container, in bytes. */
    public static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }

    /** The final status of a job, complete or failed; a failed one comes with its failure. */
    public record RunOutcome(FileJobStatus status, @Nullable JobFailedException failure) {}

    /** Runs the whole job. Temporary files are deleted before it returns; the store of a spec or option stays. */
    public RunOutcome run() throws InterruptedException {
        Instant started = clock.instant();
        Coverage coverage = null;
        try (TemporaryFolder temporary = TemporaryFolder.create();
                Storage storage = Storage.of(job.spec(), options.base(), options.secrets(), options.mounts())) {
            if (job.spec().suspend()) {
                throw new JobFailedException(
                        ExitCode.BAD_MANIFEST,
                        "spec.suspend: the job is suspended: set it to false, or leave it out, to run it here");
            }
            WorkerHeap.check(job.spec(), heap());
            String named = namedStore();
            Plan planned = plan(storage, named, temporary.path());
            String storePlace =
                    named == null ? temporary.path().resolve("store").toString() : named;
            StateStore store = named == null
                    ? DirectoryStore.temporary(temporary.path().resolve("store"), planned.fingerprint())
                    : storage.storeOfRun(storePlace, planned.fingerprint());
            Plan plan = Planner.recut(job.spec(), planned, store.cut());
            coverage = redriven(plan, store);
            while (!coverage.isComplete()) {
                LocalJob local = new LocalJob(
                        job,
                        plan,
                        job.spec().workers(),
                        store,
                        storePlace,
                        options,
                        storage,
                        named == null
                                ? Storage.scratch(Path.of(storePlace, PARTIALS))
                                : storage.folder(Storage.below(storePlace, PARTIALS)),
                        temporary.path(),
                        new SlicesInFlight());
                coverage = work(local, named == null);
            }
            return new RunOutcome(Merge.complete(job.spec(), coverage, started, clock.instant()), null);
        } catch (JobFailedException failure) {
            if (failure.exitCode() == ExitCode.INTERRUPTED && isStopped()) {
                throw interrupted(failure);
            }
            Coverage known = seen == null ? coverage : seen;
            ExternalData.Committed left = committed;
            JobFailedException told = left == null || left.rows() == 0
                    ? failure
                    : failure.followedBy(
                            String.format(
                                    Locale.ROOT, "\n%,d rows have been appended before that, and stay", left.rows()),
                            failure);
            JobResult result = left == null ? null : left.result();
            return new RunOutcome(Merge.failed(job.spec(), told, known, result, started, clock.instant()), told);
        }
    }

    /** Returns the results in {@code store}; a redrive first marks those with failures to be done again. */
    private Coverage redriven(Plan plan, StateStore store) {
        Coverage coverage = Coverage.of(plan, store.ledgers());
        if (options.redriven() == null) {
            return coverage;
        }
        List<Loss> again = coverage.redriven();
        options.redriven()
                .accept((int) again.stream().map(Loss::slice).distinct().count());
        if (again.isEmpty()) {
            return coverage;
        }
        store.write(
                new Ledger(plan.fingerprint().combined(), 0, UUID.randomUUID().toString(), List.of(), again));
        return Coverage.of(plan, store.ledgers());
    }

    /** Makes the plan in this thread, which {@link #stop} interrupts. */
    private Plan plan(Storage storage, @Nullable String named, Path scratch) throws InterruptedException {
        synchronized (this) {
            if (stopped) {
                throw new InterruptedException();
            }
            planner = Thread.currentThread();
        }
        try {
            storage.onWait(options.waiting());
            Plan plan = Planner.plan(job.spec(), storage);
            Preflight.check(options, job.spec(), plan, storage, named);
            Operations.check(FoundDelimiter.applied(job.spec(), plan), plan.slicing(), storage, scratch);
            return plan;
        } finally {
            synchronized (this) {
                planner = null;
            }
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Returns an {@link InterruptedException} and clears the interrupt flag, which would otherwise interrupt the
     * clean-up, too.
     */
    private static InterruptedException interrupted(JobFailedException failure) {
        Thread.interrupted();
        InterruptedException end = new InterruptedException(failure.getMessage());
        end.initCause(failure);
        return end;
    }

    private @Nullable String namedStore() {
        return options.store() != null || job.spec().store() == null
                ? options.store()
                : Storage.absolute(job.spec().store().uri(), options.base());
    }

    /** Runs the workers, then cleans up; {@code last} if the job cannot be resumed afterwards. */
    private Coverage work(LocalJob local, boolean last) throws InterruptedException {
        boolean failed = false;
        try {
            return work(local);
        } catch (JobFailedException failure) {
            failed = failure.isFinalHere();
            seen = known(local);
            committed = data(local).committed().orElse(null);
            throw failure;
        } finally {
            if (last) {
                data(local).removeIfEasy();
            } else if (failed) {
                data(local).abandon();
            }
        }
    }

    private ExternalData data(LocalJob local) {
        return Operations.data(job.spec(), local.store().job(), local.storage(), local.scratch());
    }

    /** Returns the progress of a failed job; null if its ledgers cannot be read. */
    private static @Nullable Coverage known(LocalJob local) {
        try {
            return Coverage.of(local.plan(), local.store().ledgers());
        } catch (JobFailedException lost) {
            return null;
        }
    }

    private Coverage work(LocalJob local) throws InterruptedException {
        Workers mine = options.processes() ? new WorkerProcesses(local) : new WorkerThreads(local, clock);
        synchronized (this) {
            if (stopped) {
                throw new InterruptedException();
            }
            workers = mine;
        }
        return new SupervisedWorkers(local, mine).run();
    }

    /**
     * Ends the run early: workers commit the results that they have finished, and {@link #run} ends as if interrupted.
     */
    public void stop() {
        Workers mine = stopping();
        if (mine != null) {
            mine.stop(SupervisedWorkers.GRACE);
        }
    }

    /** Ends the run early as {@link #stop} does, but without the slices in progress, in less than half a second. */
    public void stopAtOnce() {
        Workers mine = stopping();
        if (mine != null) {
            mine.stopAtOnce();
        }
    }

    private @Nullable Workers stopping() {
        synchronized (this) {
            stopped = true;
            if (planner != null) {
                planner.interrupt();
            }
            return workers;
        }
    }
}
