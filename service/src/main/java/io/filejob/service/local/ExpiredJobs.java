package io.filejob.service.local;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Deletes jobs, with their results, some time after their end. */
final class ExpiredJobs implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ExpiredJobs.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final JobIndex jobs;
    private final RequestKeys keys;
    private final Consumer<JobEntry> deletion;
    private final Duration timeToLive;
    private final Clock clock;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("expired-jobs").factory());

    /** Creates a sweeper of {@code jobs}; {@code timeToLive} is the default of jobs that do not state one. */
    ExpiredJobs(JobIndex jobs, RequestKeys keys, Consumer<JobEntry> deletion, Duration timeToLive, Clock clock) {
        this.jobs = jobs;
        this.keys = keys;
        this.deletion = deletion;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /** Begins to sweep, at once and then every half a minute. */
    void open() {
        ScheduledFuture<?> _ =
                sweeper.scheduleWithFixedDelay(this::sweep, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Deletes the jobs that have expired. */
    void sweep() {
        Instant now = clock.instant();
        List<JobEntry> expired = jobs.all().stream()
                .filter(job -> !job.deletionTime(timeToLive.toSeconds()).isAfter(now))
                .toList();
        for (JobEntry job : expired) {
            try {
                deletion.accept(job);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "job " + job.name() + " cannot be deleted after its time to live", e);
            }
        }
        try {
            keys.removeUnused(now.minus(timeToLive), name -> jobs.find(name) != null);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "idempotency keys cannot be deleted", e);
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
    }
}
