package io.filejob.service.upload;

import io.filejob.service.ServiceSettings;
import io.filejob.service.job.FileReferences;
import io.filejob.service.job.JobHost;
import io.filejob.service.metrics.ServiceCounters;
import io.filejob.service.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes uploads and results after their expiry. An upload is renewed if a job without an end reads it, a result until one
 * time to live after the end of its job. Jobs are listed only if such a file has expired, and listings are followed by a
 * pause of 100 times their duration. Thread-safe.
 */
@Singleton
public final class FileSweeper {
    private static final Logger LOG = Logger.getLogger(FileSweeper.class);
    private static final int PAUSES = 100;
    private static final String DELETED = "deleted";

    private final UploadStore uploads;
    private final ResultStore results;
    private final Function<Duration, Optional<FileReferences>> inUse;
    private final Duration timeToLive;
    private final Clock clock;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private volatile Instant nextListing = Instant.MIN;

    @Inject
    FileSweeper(UploadStore uploads, ServiceResults results, JobHost host, ServiceSettings settings) {
        this(uploads, results.store(), host::filesInUse, settings.timeToLive(), Clock.systemUTC());
    }

    FileSweeper(
            UploadStore uploads,
            ResultStore results,
            Function<Duration, Optional<FileReferences>> inUse,
            Duration timeToLive,
            Clock clock) {
        this.uploads = uploads;
        this.results = results;
        this.inUse = inUse;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Vertx vertx, ServiceSettings settings) {
        vertx.setPeriodic(
                settings.sweepInterval().toMillis(),
                _ -> Thread.ofVirtual().name("sweeper").start(this::sweepOnce));
    }

    private void sweepOnce() {
        if (isRunning.compareAndSet(false, true)) {
            try {
                sweep();
                ServiceCounters.ofProcess().swept(true);
            } catch (RuntimeException e) {
                // The next attempt may succeed.
                ServiceCounters.ofProcess().swept(false);
                LOG.warn("expired files could not be deleted", e);
            } finally {
                isRunning.set(false);
            }
        }
    }

    /** Deletes the files that have expired. */
    void sweep() {
        Instant now = clock.instant();
        List<Upload> expired =
                uploads.list().stream().filter(upload -> upload.isExpired(now)).toList();
        // No job can read an upload without all of its bytes.
        expired.stream()
                .filter(upload -> !upload.isComplete())
                .forEach(upload -> attempt(upload.id(), DELETED, id -> uploads.deleteExpired(id, now)));
        if (now.isBefore(nextListing)) {
            return;
        }
        Map<String, String> complete =
                expired.stream().filter(Upload::isComplete).collect(Collectors.toMap(Upload::id, Upload::uri));
        sweep(complete, Duration.ZERO, uploads::renew, id -> uploads.deleteExpired(id, now));
        Map<String, String> old = results.renewed().entrySet().stream()
                .filter(result -> result.getValue().plus(timeToLive).isBefore(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toMap(id -> id, id -> results.root() + id + "/"));
        sweep(old, timeToLive, results::renew, results::delete);
    }

    /** Deletes the unused ones of {@code files}, locations by identity. */
    private void sweep(
            Map<String, String> files, Duration afterEnd, Consumer<String> renewal, Consumer<String> deletion) {
        if (files.isEmpty()) {
            return;
        }
        Instant start = clock.instant();
        Optional<FileReferences> used = inUse.apply(afterEnd);
        Instant listed = clock.instant();
        nextListing = listed.plus(Duration.between(start, listed).multipliedBy(PAUSES));
        if (used.isEmpty()) {
            ServiceCounters.ofProcess().expired("kept", files.size());
            LOG.warnf(
                    "%d expired files are kept, since this service may not list the jobs that may use them",
                    files.size());
            return;
        }
        files.forEach((file, location) -> {
            boolean isUsed = used.get().include(file, location);
            attempt(file, isUsed ? "renewed" : DELETED, isUsed ? renewal : deletion);
        });
    }

    private static void attempt(String file, String name, Consumer<String> change) {
        try {
            change.accept(file);
            ServiceCounters.ofProcess().expired(name, 1);
        } catch (ProblemException e) {
            // A client still writes it.
            LOG.debug("an expired file was not changed", e);
        } catch (RuntimeException e) {
            // The others are independent of it.
            ServiceCounters.ofProcess().expired("failed", 1);
            LOG.warnf(e, "the expired file %s could not be deleted", file);
        }
    }
}
