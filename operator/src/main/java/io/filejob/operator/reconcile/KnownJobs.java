package io.filejob.operator.reconcile;

import io.filejob.operator.ForIntervals;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.health.Heartbeats;
import io.filejob.operator.metrics.JobMeters;
import io.filejob.operator.observe.Observer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Drops the state kept about deleted FileJobs. They have no finalizer, so the operator is not notified if one is
 * deleted before it has finished. Safe to use from any thread.
 */
@ApplicationScoped
public class KnownJobs {
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Clock clock;
    private final List<Consumer<Set<String>>> memories;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
    private volatile @Nullable Supplier<Stream<FileJobResource>> there;

    @Inject
    KnownJobs(
            @ForIntervals Clock clock,
            Observer observer,
            StatusWriter status,
            Heartbeats heartbeats,
            JobMeters meters) {
        this(clock, List.of(observer::retain, status::retain, heartbeats::retain, meters::retain));
    }

    /** Creates a sweep that passes the UIDs of existing jobs to each of {@code memories}, which drop all other jobs. */
    KnownJobs(Clock clock, List<Consumer<Set<String>>> memories) {
        this.clock = clock;
        this.memories = memories;
    }

    /** Sets the source of the existing FileJobs. */
    void in(Supplier<Stream<FileJobResource>> cache) {
        there = cache;
    }

    /** Drops deleted FileJobs if a sweep is due. Changes of the canary trigger it when no other event arrives. */
    void sweep() {
        Supplier<Stream<FileJobResource>> known = there;
        Instant now = clock.instant();
        Instant before = last.get();
        boolean due = before.equals(Instant.MIN) || !now.isBefore(before.plus(INTERVAL));
        if (known == null || !due || !last.compareAndSet(before, now)) {
            return;
        }
        Set<String> uids = known.get().map(job -> job.getMetadata().getUid()).collect(Collectors.toSet());
        memories.forEach(memory -> memory.accept(uids));
    }
}
