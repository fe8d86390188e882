package io.filejob.cli;

import io.filejob.failure.ExitCode;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The signals that end the process: the first SIGINT or SIGTERM begins an orderly end, a further SIGINT ends it at once.
 * Thread-safe.
 */
final class Signals {
    private static final AtomicReference<@Nullable Signals> FIRST = new AtomicReference<>();
    private static final Signals INTERRUPT = new Signals(ExitCode.INTERRUPTED, "interrupted");
    private static final Signals TERMINATE = new Signals(ExitCode.TERMINATED, "terminated");

    private final ExitCode exitCode;
    private final String message;

    private Signals(ExitCode exitCode, String message) {
        this.exitCode = exitCode;
        this.message = message;
    }

    /**
     * Handles signals from now on. The class {@code sun.misc.Signal} is in the module {@code jdk.unsupported}; without it,
     * or if the JVM leaves signals alone, signals have their default effect: the JVM ends in an orderly way.
     */
    static void handle() {
        handle("INT", INTERRUPT);
        handle("TERM", TERMINATE);
    }

    // A proxy is equal to itself alone.
    @SuppressWarnings("ReferenceEquality")
    private static void handle(String name, Signals signal) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "equals" -> arguments != null && proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "toString" -> name;
                        default -> {
                            signal.receive();
                            yield null;
                        }
                    });
            type.getMethod("handle", type, handlerType)
                    .invoke(null, type.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException e) {
            // The default effect remains.
            return;
        }
    }

    private void receive() {
        if (FIRST.compareAndSet(null, this)) {
            System.exit(exitCode.number());
        } else if (this == INTERRUPT) {
            Runtime.getRuntime().halt(exitCode.number());
        }
    }

    /** Returns whether a signal ends this process. */
    static boolean isEnding() {
        return FIRST.get() != null;
    }

    /** Returns whether the user ends this process, so that no time is left for work in progress. */
    static boolean isInterrupt() {
        return FIRST.get() == INTERRUPT;
    }

    /** Returns the text about the signal that ends this process, {@code interrupted} if it is not known. */
    static String describe() {
        Signals first = FIRST.get();
        return (first == null ? INTERRUPT : first).message;
    }
}
