package io.filejob.storage.fetch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The connections to one host and its condition. A host that asks for a pause gets no request in the meantime. After
 * some failures in a row, only one request at a time tries it, with growing pauses; if that goes on for two minutes, all
 * other files of the host fail at once. Safe to use from any thread.
 */
final class HostState {
    /** The number of failures in a row after which a host counts as failing. */
    static final int MAX_FAILURES = 5;
    /** Maximum duration for which files wait for a failing or pausing host. */
    static final Duration MAX_WAIT = Duration.ofMinutes(2);
    /** Maximum pause that a host gets because it asks for it. */
    static final Duration MAX_PAUSE = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_OWN_PAUSE = Duration.ofSeconds(30);

    /** Waits for a notification of {@code monitor}, which the thread holds, at most for {@code nanos}. */
    @FunctionalInterface
    interface Waiting {
        void await(Object monitor, long nanos) throws InterruptedException;
    }

    private final String host;
    private final int maxConnections;
    private final LongSupplier nanoTime;
    private final Waiting waiting;
    private int connections;
    private int failures;
    private boolean isPaused;
    /** The end of the current pause, if there is one. */
    private long pausedUntil;

    private long failingSince;

    HostState(String host, int maxConnections, LongSupplier nanoTime, Waiting waiting) {
        this.host = host;
        this.maxConnections = maxConnections;
        this.nanoTime = nanoTime;
        this.waiting = waiting;
    }

    /** Waits for permission to connect; throws {@link FetchException} if the host is not to be tried for some time. */
    synchronized void begin() throws FetchException, InterruptedException {
        while (true) {
            long pause = pause();
            checkPause(pause);
            boolean hasRoom = connections < (isFailing() ? 1 : maxConnections);
            if (pause <= 0 && hasRoom) {
                connections++;
                return;
            }
            waiting.await(this, pause > 0 ? pause : Long.MAX_VALUE);
        }
    }

    private void checkPause(long pause) throws FetchException {
        if (pause > MAX_WAIT.toNanos()) {
            throw new FetchException(
                    FetchProblem.UNAVAILABLE,
                    "host " + host + " asked for a pause that ends in "
                            + Duration.ofNanos(pause).toSeconds() + " s (limit " + MAX_WAIT.toSeconds() + ")");
        }
        boolean isTried = pause <= 0 && connections == 0;
        if (isFailing() && !isTried && nanoTime.getAsLong() - failingSince > MAX_WAIT.toNanos()) {
            throw new FetchException(
                    FetchProblem.UNAVAILABLE, "the last " + failures + " requests to host " + host + " failed");
        }
    }

    private boolean isFailing() {
        return failures >= MAX_FAILURES;
    }

    /** Returns the rest of the pause in nanoseconds, at most 0 if there is none. */
    private long pause() {
        isPaused = isPaused && pausedUntil - nanoTime.getAsLong() > 0;
        return isPaused ? pausedUntil - nanoTime.getAsLong() : 0;
    }

    /** Ends a connection without a statement about the host. */
    synchronized void end() {
        connections--;
        notifyAll();
    }

    /** Records a complete response, whatever its status. */
    synchronized void succeeded() {
        failures = 0;
    }

    /** Records a failed request; {@code asked} is the pause that the host asks for, or zero. */
    synchronized void failed(Duration asked) {
        failures++;
        if (failures == 1) {
            failingSince = nanoTime.getAsLong();
        }
        Duration own = Duration.ZERO;
        if (isFailing()) {
            int doublings = Math.min(failures - MAX_FAILURES, Integer.SIZE / 2);
            Duration grown = FIRST_PAUSE.multipliedBy(1L << doublings);
            own = grown.compareTo(LONGEST_OWN_PAUSE) < 0 ? grown : LONGEST_OWN_PAUSE;
        }
        Duration bounded = asked.compareTo(MAX_PAUSE) < 0 ? asked : MAX_PAUSE;
        long pause = Math.max(own.toNanos(), bounded.toNanos());
        if (pause > pause()) {
            isPaused = true;
            pausedUntil = nanoTime.getAsLong() + pause;
        }
    }

    /** Returns whether nothing about the host needs to be remembered. */
    synchronized boolean isUnremarkable() {
        return failures == 0 && pause() <= 0;
    }
}
