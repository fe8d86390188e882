package io.filejob.service.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A limited number of values by key, each removed some time after it was added; the oldest value makes room
 * for a new one. Thread-safe.
 *
 * @param <V> the type of the values
 */
final class RecentEntries<V> {
    private final Map<String, TimedValue<V>> entries = new LinkedHashMap<>();
    private final int limit;
    private final Duration life;
    private final Clock clock;
    private final Consumer<V> removed;

    /** Creates an empty map; {@code removed} is called with each value that was removed. */
    RecentEntries(int limit, Duration life, Clock clock, Consumer<V> removed) {
        this.limit = limit;
        this.life = life;
        this.clock = clock;
        this.removed = removed;
    }

    private record TimedValue<V>(V value, Instant end) {}

    /** Returns the value of {@code key}, unless it has expired. */
    Optional<V> find(String key) {
        removeExpired();
        synchronized (entries) {
            return Optional.ofNullable(entries.get(key)).map(TimedValue::value);
        }
    }

    /** Adds or replaces the value of {@code key}. */
    void put(String key, V value) {
        List<V> gone = new ArrayList<>();
        synchronized (entries) {
            TimedValue<V> before = entries.remove(key);
            if (before != null) {
                gone.add(before.value());
            }
            Iterator<TimedValue<V>> eldest = entries.values().iterator();
            while (entries.size() >= limit) {
                gone.add(eldest.next().value());
                eldest.remove();
            }
            entries.put(key, new TimedValue<>(value, clock.instant().plus(life)));
        }
        gone.forEach(removed);
    }

    /** Removes the values that have expired. */
    void removeExpired() {
        Instant now = clock.instant();
        removeUntil(now);
    }

    /** Removes all values. */
    void clear() {
        removeUntil(Instant.MAX);
    }

    private void removeUntil(Instant time) {
        List<V> gone = new ArrayList<>();
        synchronized (entries) {
            Iterator<TimedValue<V>> eldest = entries.values().iterator();
            while (eldest.hasNext()) {
                TimedValue<V> entry = eldest.next();
                // Values are in the order of their ends.
                if (entry.end().isAfter(time)) {
                    break;
                }
                gone.add(entry.value());
                eldest.remove();
            }
        }
        gone.forEach(removed);
    }
}
