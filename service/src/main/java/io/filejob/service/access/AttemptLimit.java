package io.filejob.service.access;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Limits the failed attempts to authenticate from each address, so that guesses do not reach the API server in any
 * number. Valid tokens do not count, since many users may share the address of a proxy. Thread-safe.
 */
@Singleton
public final class AttemptLimit {
    /** The number of failures in {@link #WINDOW} after which an address is refused. */
    public static final int MAX_FAILURES = 20;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_ADDRESSES = 10_000;

    private final Map<String, Failures> failures = new LinkedHashMap<>();

    private static final class Failures {
        private final long since;
        private int count;

        Failures(long since) {
            this.since = since;
        }
    }

    /** Returns the result of {@code attempt}; throws {@link ProblemException} before it if there were too many failures. */
    <T> T attempt(String address, Supplier<T> attempt) {
        begin(address);
        T result = attempt.get();
        succeed(address);
        return result;
    }

    /** Counts an attempt as a failure until it has succeeded, since many may be made at the same time. */
    private void begin(String address) {
        long now = System.nanoTime();
        synchronized (failures) {
            removeOld(now);
            Failures known = failures.computeIfAbsent(address, _ -> new Failures(now));
            if (known.count >= MAX_FAILURES) {
                throw new ProblemException(
                                ProblemType.TOO_MANY,
                                "too many failed attempts to authenticate from this address (limit " + MAX_FAILURES
                                        + " a minute); wait a minute")
                        .withHeader("Retry-After", Long.toString(WINDOW.toSeconds()));
            }
            known.count++;
        }
    }

    private void succeed(String address) {
        synchronized (failures) {
            Failures known = failures.get(address);
            if (known != null && known.count > 0) {
                known.count--;
            }
        }
    }

    private void removeOld(long now) {
        Iterator<Failures> eldest = failures.values().iterator();
        while (eldest.hasNext() && (now - eldest.next().since > WINDOW.toNanos() || failures.size() >= MAX_ADDRESSES)) {
            eldest.remove();
        }
    }
}
