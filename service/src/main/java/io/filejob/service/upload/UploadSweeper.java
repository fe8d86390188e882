package io.filejob.service.upload;

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
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Deletes uploads after their expiry, unless a job still reads them. Thread-safe. */
@Singleton
public final class UploadSweeper {
    private static final Logger LOG = Logger.getLogger(UploadSweeper.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final UploadStore store;
    private final Supplier<Set<String>> inUse;
    private final Clock clock;
    private final AtomicBoolean isRunning = new AtomicBoolean();

    @Inject
    UploadSweeper(UploadStore store, JobHost host) {
        this(store, host::inputsInUse, Clock.systemUTC());
    }

    UploadSweeper(UploadStore store, Supplier<Set<String>> inUse, Clock clock) {
        this.store = store;
        this.inUse = inUse;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(
                INTERVAL.toMillis(), _ -> Thread.ofVirtual().name("sweeper").start(this::sweepOnce));
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
        List<Upload> expired = store.list().stream()
                .filter(upload -> Instant.parse(upload.expiry()).isBefore(now))
                .toList();
        if (expired.isEmpty()) {
            return;
        }
        Set<String> used = inUse.get();
        for (Upload upload : expired) {
            // A manifest may name the file by its path, its URI or a pattern.
            if (used.stream().noneMatch(input -> input.contains(upload.id()))) {
                try {
                    store.delete(upload.id());
                } catch (ProblemException e) {
                    // A client still writes it.
                    LOG.debug("an upload was not deleted", e);
                }
            }
        }
    }
}
