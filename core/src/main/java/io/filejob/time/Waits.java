package io.filejob.time;

import io.filejob.failure.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Reasons why this process is waiting, in words; the progress shows them, a pod's log reports them, and worker processes
 * and pods pass them on. Safe to use from any thread.
 */
public final class Waits {
    /** Prefix of the lines with which a worker process reports its waits to its parent. */
    public static final String PREFIX = "waits: ";

    /** An action that usually takes less time is not a wait. */
    private static final Duration LONG = Duration.ofSeconds(5);
    /** Maximum length of {@link #summary} in characters, below which the operator keeps annotations as they are. */
    private static final int MAX_SUMMARY = 500;

    private static final Map<Object, Wait> NOW = new ConcurrentHashMap<>();
    private static final AtomicReference<Consumer<String>> LISTENER = new AtomicReference<>(_ -> {});

    /** A wait that counts from {@code since} on, in nanoseconds. */
    private record Wait(String reason, long since) {}

    private Waits() {}

    /** Records that {@code waiter} waits for {@code reason} until {@link #end}. */
    public static void begin(Object waiter, String reason) {
        Wait before = NOW.put(waiter, new Wait(reason, System.nanoTime()));
        if (before == null || !before.reason().equals(reason)) {
            LISTENER.get().accept(reason);
        }
    }

    /** Records a wait as {@link #begin} does, without passing it to the listener, for reasons that change often. */
    public static void update(Object waiter, String reason) {
        NOW.put(waiter, new Wait(reason, System.nanoTime()));
    }

    /** Records that {@code waiter} does something that counts as a wait if it does not {@link #end} within seconds. */
    public static void beginIfLong(Object waiter, String reason) {
        NOW.put(waiter, new Wait(reason, System.nanoTime() + LONG.toNanos()));
    }

    /** Records that {@code waiter} no longer waits. */
    public static void end(Object waiter) {
        NOW.remove(waiter);
    }

    /** Returns the current reasons without duplicates. */
    public static List<String> now() {
        long now = System.nanoTime();
        return NOW.values().stream()
                .filter(wait -> now - wait.since() >= 0)
                .map(Wait::reason)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the current reasons in one line of limited length; empty if there are none. */
    public static String summary() {
        return Excerpt.of(String.join("; ", now()).replaceAll("\\p{Cntrl}+", " "), MAX_SUMMARY);
    }

    /** Sets the listener that receives each new reason. */
    public static void listen(Consumer<String> listener) {
        LISTENER.set(listener);
    }
}
