package io.filejob.operator.observe;

import io.filejob.operator.ForIntervals;
import io.filejob.operator.api.FileJobResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Divides a number of bytes among the large jobs that are observed at the same time. A job that does not fit waits until
 * it is called. Namespaces take turns, and within a namespace jobs are called in the order of their requests; a job that
 * is next is not overtaken by a smaller one. Safe to use from any thread.
 */
@Singleton
final class MemoryBudget {
    /** Maximum number of large jobs observed at the same time, so that threads are left for small ones. */
    static final int MAX_JOBS = 4;
    /** Delay after which a waiting job asks again by itself, in case its call was lost. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    /** Time after which a called job that has not come loses its share and its position. */
    static final Duration GONE = Duration.ofSeconds(30);

    private final Clock clock;
    private final long total;
    private final SequencedMap<String, ResourceID> waiting = new LinkedHashMap<>();
    private final Map<String, Share> shares = new HashMap<>();
    /** The most bytes that each large job has asked for. */
    private final Map<String, Long> needs = new HashMap<>();
    /** The number of the last call of each namespace with waiting jobs. */
    private final Map<String, Long> lastCalls = new HashMap<>();

    private long calls;
    private volatile Consumer<ResourceID> whenCalled = _ -> {};
    private volatile Duration askAgain = ASK_AGAIN;

    /**
     * A part of the budget.
     *
     * @param called the time when the job was called, until it comes
     */
    private record Share(long bytes, @Nullable Instant called) {}

    @Inject
    MemoryBudget(@ForIntervals Clock clock) {
        this(clock, Footprint.observed());
    }

    /** Creates a budget of {@code total} bytes, which is also the maximum for one job. */
    MemoryBudget(Clock clock, long total) {
        this.clock = clock;
        this.total = total;
    }

    /** Sets the action that makes a waiting job ask again at once. */
    void whenCalled(Consumer<ResourceID> action) {
        whenCalled = action;
    }

    /** Sets another delay after which a waiting job asks again by itself, for tests. */
    void askAgainAfter(Duration delay) {
        askAgain = delay;
    }

    /** Returns the number of waiting jobs. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Returns whether the job with this UID waits to be called. */
    synchronized boolean isWaiting(String uid) {
        return waiting.containsKey(uid);
    }

    /**
     * Reserves {@code bytes} for {@code job}, including the bytes that it has already reserved, until {@link #end}. Throws
     * {@link PostponedException} if the job has to wait; then nothing is reserved for it.
     */
    void take(FileJobResource job, long bytes) {
        String uid = job.getMetadata().getUid();
        ResourceID id = ResourceID.fromResource(job);
        List<ResourceID> called = new ArrayList<>();
        boolean isGranted;
        synchronized (this) {
            needs.merge(uid, Math.min(bytes, total), Math::max);
            isGranted = isGranted(uid, id, called);
        }
        if (isGranted) {
            called.remove(id);
        }
        called.forEach(whenCalled);
        if (!isGranted) {
            throw new PostponedException(askAgain);
        }
    }

    /** Reserves the bytes that {@code job} has asked for before, if any, so that it does not read in vain. */
    void takeAsBefore(FileJobResource job) {
        long before;
        synchronized (this) {
            before = needs.getOrDefault(job.getMetadata().getUid(), 0L);
        }
        if (before > 0) {
            take(job, before);
        }
    }

    private boolean isGranted(String uid, ResourceID id, List<ResourceID> called) {
        if (!shares.containsKey(uid)) {
            waiting.putIfAbsent(uid, id);
            lastCalls.putIfAbsent(namespace(id), calls);
            callNext(called);
        }
        Share share = shares.get(uid);
        if (share == null) {
            return false;
        }
        shares.remove(uid);
        long bytes = share(uid);
        if (bytes <= free()) {
            shares.put(uid, new Share(bytes, null));
            return true;
        }
        // The jobs that hold the rest will end; two that wait for each other would not.
        waiting.putFirst(uid, id);
        lastCalls.putIfAbsent(namespace(id), calls);
        callNext(called);
        return false;
    }

    /** Calls waiting jobs as long as the next one fits, and adds them to {@code called}. */
    private void callNext(Collection<ResourceID> called) {
        Instant limit = clock.instant().minus(GONE);
        shares.values()
                .removeIf(share -> share.called() != null && share.called().isBefore(limit));
        Map.Entry<String, ResourceID> next = next();
        while (next != null && share(next.getKey()) <= free()) {
            waiting.remove(next.getKey());
            shares.put(next.getKey(), new Share(share(next.getKey()), clock.instant()));
            lastCalls.put(namespace(next.getValue()), ++calls);
            called.add(next.getValue());
            next = next();
        }
        lastCalls
                .keySet()
                .retainAll(
                        waiting.values().stream().map(MemoryBudget::namespace).collect(Collectors.toSet()));
    }

    /** Returns the first waiting job of the namespace that was called least recently. */
    private Map.@Nullable Entry<String, ResourceID> next() {
        return waiting.entrySet().stream()
                .min(Comparator.comparing(entry -> lastCalls.getOrDefault(namespace(entry.getValue()), calls)))
                .orElse(null);
    }

    private static String namespace(ResourceID id) {
        return id.getNamespace().orElse("");
    }

    private long share(String uid) {
        return Math.max(needs.getOrDefault(uid, 0L), total / MAX_JOBS);
    }

    private long free() {
        return total - shares.values().stream().mapToLong(Share::bytes).sum();
    }

    /** Returns whether a waiting job has been called and has not come yet. */
    synchronized boolean isCalled(String uid) {
        Share share = shares.get(uid);
        return share != null && share.called() != null;
    }

    /** Releases the bytes of the job with this UID, and calls the next ones. */
    void end(String uid) {
        List<ResourceID> called = new ArrayList<>();
        synchronized (this) {
            if (shares.containsKey(uid) && !isCalled(uid)) {
                shares.remove(uid);
                callNext(called);
            }
        }
        called.forEach(whenCalled);
    }

    /** Removes a job that will not be observed again. */
    void forget(String uid) {
        removeIf(uid::equals);
    }

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        removeIf(uid -> !uids.contains(uid));
    }

    /** Removes these jobs; one that is being observed keeps its share until {@link #end}. */
    private void removeIf(Predicate<String> isGone) {
        List<ResourceID> called = new ArrayList<>();
        synchronized (this) {
            needs.keySet().removeIf(isGone);
            waiting.keySet().removeIf(isGone);
            shares.entrySet()
                    .removeIf(entry ->
                            isGone.test(entry.getKey()) && entry.getValue().called() != null);
            callNext(called);
        }
        called.forEach(whenCalled);
    }
}
