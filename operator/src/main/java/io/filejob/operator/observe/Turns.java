package io.filejob.operator.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets one job at a time use much memory. Namespaces take turns, and within a namespace jobs are served in the order of
 * their requests, so that many large jobs of one user do not delay those of another. Safe to use from any thread.
 */
final class Turns {
    /** Delay after which a waiting job requests its turn again. */
    static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    /** A job that has not repeated its request for this time is dropped. */
    private static final Duration GONE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    /** The number of the last turn of each namespace. */
    private final Map<String, Long> served = new HashMap<>();

    private @Nullable String holder;
    private long turns;

    private record Waiting(String namespace, Instant asked) {}

    Turns(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes the turn for {@code uid}, which may hold it already. Throws {@link PostponedException} if the turn belongs to another
     * job.
     */
    synchronized void take(String uid, String namespace) {
        if (uid.equals(holder)) {
            return;
        }
        Instant now = clock.instant();
        waiting.put(uid, new Waiting(namespace, now));
        waiting.values().removeIf(each -> each.asked().plus(GONE).isBefore(now));
        if (holder != null || !uid.equals(next())) {
            throw new PostponedException(ASK_AGAIN);
        }
        waiting.remove(uid);
        holder = uid;
        served.put(namespace, ++turns);
        Set<String> namespaces = new java.util.HashSet<>();
        waiting.values().forEach(each -> namespaces.add(each.namespace()));
        served.keySet().removeIf(each -> !each.equals(namespace) && !namespaces.contains(each));
    }

    /**
     * Returns the first job in the queue of the namespace that has waited longest; replacing a key keeps its position.
     */
    private @Nullable String next() {
        return waiting.entrySet().stream()
                .min(Comparator.comparing(
                        entry -> served.getOrDefault(entry.getValue().namespace(), 0L)))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** Releases the turn if {@code uid} holds it. */
    synchronized void end(String uid) {
        if (Objects.equals(holder, uid)) {
            holder = null;
        }
    }
}
