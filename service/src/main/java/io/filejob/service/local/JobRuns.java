package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.operation.JobOperation;
import io.filejob.service.local.JobEntry.QueueState;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the jobs of a queue as processes, follows their progress and determines how they ended. Thread-safe. */
final class JobRuns implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JobRuns.class.getName());
    private static final Duration POLL = Duration.ofMillis(200);
    /** A signal to a whole group of processes reaches jobs earlier than this process has noticed it. */
    private static final Duration SHUTDOWN_NOTICE = Duration.ofSeconds(3);

    private static final int LAST_LINES = 8;

    private final JobQueue queue;
    private final List<String> command;
    private final Path secrets;
    private final Clock clock;
    private final Set<JobEntry> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("job-status").factory());

    /** Creates the runs of the jobs in {@code queue}, with the command line of {@code filejob} and its Secrets. */
    JobRuns(JobQueue queue, List<String> command, Path secrets, Clock clock) {
        this.queue = queue;
        this.command = command;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Begins to run jobs. */
    void open() {
        ScheduledFuture<?> _ =
                poller.scheduleWithFixedDelay(this::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
        queue.open(this::run);
    }

    private void run(JobEntry job) {
        JobProcess process = start(job);
        publishPositions();
        if (process == null) {
            return;
        }
        running.add(job);
        try {
            int exitStatus = process.await();
            if (mayBeShutdown(exitStatus) && !process.isStopped()) {
                closing.await(SHUTDOWN_NOTICE.toMillis(), TimeUnit.MILLISECONDS);
            }
            // Before the end is recorded, since the job may then get its next process at once.
            running.remove(job);
            ended(job, process, exitStatus);
        } catch (InterruptedException e) {
            running.remove(job);
            Thread.currentThread().interrupt();
        } finally {
            process.release();
        }
    }

    private @Nullable JobProcess start(JobEntry job) {
        synchronized (job) {
            // A request may have come in between.
            if (!job.isWaiting() || closing.getCount() == 0) {
                return null;
            }
            try {
                JobProcess process = job.state() == QueueState.CALLING
                        ? JobProcess.call(command, job.folder(), secrets)
                        : JobProcess.start(command, job.folder(), secrets);
                job.run(process);
                publish(job);
                return process;
            } catch (IOException e) {
                unstarted(job, IoReason.of(e));
            } catch (JobFailedException e) {
                unstarted(job, String.valueOf(e.getMessage()));
            }
            return null;
        }
    }

    private void unstarted(JobEntry job, String problem) {
        boolean isOver = job.state() == QueueState.CALLING;
        end(
                job,
                last -> isOver && last != null
                        ? Deliveries.failed(last, "cannot be started: " + problem, clock.instant())
                        : JobStatuses.unstarted(last, problem, clock.instant()));
    }

    /** Returns {@code last}; after a process that was to call the receiver and crashed, without a further attempt. */
    private FileJobStatus delivered(JobEntry job, FileJobStatus last, JobProcess process, int exitStatus)
            throws IOException {
        boolean hasCrashed = job.state() == QueueState.CALLING
                && closing.getCount() > 0
                && !process.isStopped()
                && Deliveries.isDue(job.folder().readManifest(), last);
        return hasCrashed ? Deliveries.failed(last, "ended with exit status " + exitStatus, clock.instant()) : last;
    }

    private static boolean mayBeShutdown(int exitStatus) {
        ExitCode code = ExitCode.of(exitStatus);
        return code == ExitCode.INTERRUPTED || code == ExitCode.TERMINATED;
    }

    private void ended(JobEntry job, JobProcess process, int exitStatus) {
        synchronized (job) {
            try {
                FileJobStatus last = job.folder().readStatus();
                if (last != null && JobFolder.isEnd(last)) {
                    FileJobStatus end = delivered(job, last, process, exitStatus);
                    if (closing.getCount() > 0 || !Deliveries.isDue(job.folder().readManifest(), end)) {
                        end(job, _ -> end);
                    }
                } else if (job.folder().isCancelled()) {
                    end(job, status -> JobStatuses.cancelled(status, clock.instant()));
                } else if (closing.getCount() == 0) {
                    // The next process of the service continues the job.
                    return;
                } else if (!process.isStopped()) {
                    List<String> log = LogTail.lines(job.folder().log(), LAST_LINES);
                    end(job, status -> JobStatuses.crashed(status, exitStatus, log, clock.instant()));
                } else if (job.folder().readManifest().spec().suspend()) {
                    job.become(QueueState.SUSPENDED);
                    publish(job);
                } else {
                    queue(job);
                }
            } catch (IOException e) {
                LOG.log(Level.ERROR, "job " + job.name() + ": its end cannot be recorded", e);
            }
        }
    }

    /** Lets a job wait for its turn. */
    void queue(JobEntry job) {
        job.become(QueueState.QUEUED);
        queue.add(job);
        publish(job);
    }

    /** The final status of a job after the one that was written last. */
    private interface FinalStatus {
        FileJobStatus after(@Nullable FileJobStatus last);
    }

    private void end(JobEntry job, FinalStatus status) {
        try {
            FileJob manifest = job.folder().readManifest();
            job.end(manifest, status.after(job.folder().readStatus()), clock.instant());
            if (job.state() == QueueState.CALLING) {
                queue.add(job);
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "job " + job.name() + ": its end cannot be recorded", e);
        }
        publish(job);
    }

    /** Ends a job without a process for good. */
    void cancel(JobEntry job) {
        end(job, last -> JobStatuses.cancelled(last, clock.instant()));
    }

    /** Deletes the data that an incomplete job may have left outside of its folder, such as staging tables. */
    void cleanUp(JobEntry job) throws IOException {
        if (job.phase() == Phase.COMPLETE
                || !JobOperation.of(job.folder().readManifest().spec()).leavesData()) {
            return;
        }
        if (!JobProcess.cleanUp(command, job.folder(), secrets)) {
            LOG.log(
                    Level.WARNING,
                    "job {0}: its data outside of this machine cannot be deleted; its log was: {1}",
                    job.name(),
                    LogTail.lines(job.folder().log(), LAST_LINES));
        }
    }

    /** Stops the process of a job, if it has one, and waits until its end is recorded. */
    static void stop(JobEntry job) {
        JobProcess process = job.process();
        if (process != null) {
            process.stop();
        }
    }

    /** Waits until the process of a job, if it has one, has ended by itself. */
    static void awaitEnd(JobEntry job) {
        JobProcess process = job.process();
        if (process != null) {
            process.awaitRelease();
        }
    }

    private void poll() {
        for (JobEntry job : running) {
            try {
                job.refresh(Files.getLastModifiedTime(job.folder().status()));
            } catch (NoSuchFileException e) {
                LOG.log(Level.DEBUG, "job {0} has no status yet", job.name());
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "job " + job.name() + ": its status cannot be read", e);
            }
        }
    }

    /** Tells the watches of waiting jobs their positions. */
    private void publishPositions() {
        for (JobEntry job : queue.waiting()) {
            if (job.isWatched()) {
                publish(job);
            }
        }
    }

    private static void publish(JobEntry job) {
        try {
            job.publish();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "job " + job.name() + ": its status cannot be read", e);
        }
    }

    /** Starts no further jobs, and leaves the status of running ones as it is, so that they are continued later. */
    void beginClosing() {
        closing.countDown();
        queue.close();
    }

    /** Stops all processes, after they have committed their finished slices. */
    @Override
    public void close() {
        beginClosing();
        poller.shutdownNow();
        List<JobEntry> left = List.copyOf(running);
        left.stream()
                .map(job -> Thread.startVirtualThread(() -> stop(job)))
                .toList()
                .forEach(JobRuns::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
