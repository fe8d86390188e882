package io.filejob.service.upload;

import io.filejob.service.ServiceSettings;
import io.filejob.service.job.JobHost;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Deletes uploads after their expiry, unless a job still reads them; those are renewed. Jobs are listed only if a complete
 * upload has expired, and a listing is followed by a pause of 100 times its duration. Thread-safe.
 */
@Singleton
public final class UploadSweeper {
    private static final Logger LOG = Logger.getLogger(UploadSweeper.class);
    private static final int PAUSES = 100;

    private final UploadStore store;
    private final Supplier<Optional<Set<String>>> inUse;
    private final Clock clock;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private volatile Instant nextListing = Instant.MIN;

    @Inject
    UploadSweeper(UploadStore store, JobHost host) {
        this(store, host::filesInUse, Clock.systemUTC());
    }

    UploadSweeper(UploadStore store, Supplier<Optional<Set<String>>> inUse, Clock clock) {
        this.store = store;
        this.inUse = inUse;
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
            } catch (RuntimeException e) {
                // The next attempt may succeed.
                LOG.warn("expired uploads could not be deleted", e);
            } finally {
                isRunning.set(false);
            }
        }
    }

    /** Deletes the uploads that have expired. */
    void sweep() {
        Instant now = clock.instant();
        List<Upload> expired =
                store.list().stream().filter(upload -> upload.isExpired(now)).toList();
        // No job can read an upload without all of its bytes.
        expired.stream()
                .filter(upload -> !upload.isComplete())
                .forEach(upload -> unlessOpen(upload, id -> store.deleteExpired(id, now)));
        List<Upload> complete = expired.stream().filter(Upload::isComplete).toList();
        if (complete.isEmpty() || now.isBefore(nextListing)) {
            return;
        }
        Optional<Set<String>> used = inUse.get();
        Instant listed = clock.instant();
        nextListing = listed.plus(Duration.between(now, listed).multipliedBy(PAUSES));
        if (used.isEmpty()) {
            LOG.warnf(
                    "%d expired uploads are kept, since this service may not list the jobs that may read them",
                    complete.size());
            return;
        }
        for (Upload upload : complete) {
            unlessOpen(upload, used.get().contains(upload.id()) ? store::renew : id -> store.deleteExpired(id, now));
        }
    }

    private static void unlessOpen(Upload upload, Consumer<String> change) {
        try {
            change.accept(upload.id());
        } catch (ProblemException e) {
            // A client still writes it.
            LOG.debug("an expired upload was not changed", e);
        }
    }
}
