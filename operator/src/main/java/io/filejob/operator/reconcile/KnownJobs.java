package io.filejob.operator.reconcile;

import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.health.Heartbeats;
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
 * Forgets what is remembered of FileJobs that are gone. They have no finalizer, so that the end of one that is deleted
 * before it is over is nothing that the operator is told. Safe to use from any thread.
 */
@ApplicationScoped
public class KnownJobs {
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Clock clock;
    private final List<Consumer<Set<String>>> memories;
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
    private volatile @Nullable Supplier<Stream<FileJobResource>> there;

    @Inject
    KnownJobs(Clock clock, Observer observer, StatusWriter status, Heartbeats heartbeats) {
        this(clock, List.of(observer::retain, status::retain, heartbeats::retain));
    }

    /** Each of {@code memories} forgets all jobs but those with the UIDs that it is given. */
    KnownJobs(Clock clock, List<Consumer<Set<String>>> memories) {
        this.clock = clock;
        this.memories = memories;
    }

    /** Where the FileJobs are known that are there. */
    void in(Supplier<Stream<FileJobResource>> cache) {
        there = cache;
    }

    /** Forgets those that are gone, if it is time to. The canary's changes bring this about where nothing else does. */
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
