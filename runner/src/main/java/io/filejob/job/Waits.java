package io.filejob.job;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What this process waits for, for people: progress shows it, and a pod's log tells it. Safe to use from any thread.
 */
public final class Waits {
    private static final Map<Object, String> NOW = new ConcurrentHashMap<>();
    private static final AtomicReference<Consumer<String>> LISTENER = new AtomicReference<>(_ -> {});

    private Waits() {}

    /** {@code waiter} waits for {@code reason} from now on, until {@link #end}. */
    public static void begin(Object waiter, String reason) {
        if (!reason.equals(NOW.put(waiter, reason))) {
            LISTENER.get().accept(reason);
        }
    }

    /** {@code waiter} does not wait any more. */
    public static void end(Object waiter) {
        NOW.remove(waiter);
    }

    /** The reasons, each once. */
    public static List<String> now() {
        return NOW.values().stream().distinct().sorted().toList();
    }

    /** Tells {@code listener} each reason as it begins. */
    public static void listen(Consumer<String> listener) {
        LISTENER.set(listener);
    }
}
