package io.filejob.job;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Reasons why this process is waiting, in words; the progress shows them, and a pod's log reports them. Safe to use
 * from any thread.
 */
public final class Waits {
    private static final Map<Object, String> NOW = new ConcurrentHashMap<>();
    private static final AtomicReference<Consumer<String>> LISTENER = new AtomicReference<>(_ -> {});

    private Waits() {}

    /** Records that {@code waiter} waits for {@code reason} until {@link #end}. */
    public static void begin(Object waiter, String reason) {
        if (!reason.equals(NOW.put(waiter, reason))) {
            LISTENER.get().accept(reason);
        }
    }

    /** Records that {@code waiter} no longer waits. */
    public static void end(Object waiter) {
        NOW.remove(waiter);
    }

    /** Returns the current reasons without duplicates. */
    public static List<String> now() {
        return NOW.values().stream().distinct().sorted().toList();
    }

    /** Sets the listener that receives each new reason. */
    public static void listen(Consumer<String> listener) {
        LISTENER.set(listener);
    }
}
