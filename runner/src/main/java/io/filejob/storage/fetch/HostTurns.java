package io.filejob.storage.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Decides when requests may begin: each host and port has its own limit on connections and its own pauses, so that a
 * slow host does not delay the requests to others. Safe to use from any thread.
 */
final class HostTurns {
    /** The maximum number of connections to all hosts, if one host may not have more. */
    private static final int MAX_CONNECTIONS = 16;
    /** The number of hosts with past failures that are remembered. */
    private static final int MAX_HOSTS = 10_000;

    private final int perHost;
    private final LongSupplier nanoTime;
    private final HostState.Waiting waiting;
    private final Semaphore all;
    private final Map<String, Shared> hosts = new HashMap<>();

    /** A host and the number of threads that use it now. */
    private static final class Shared {
        final HostState state;
        int users;

        Shared(HostState state) {
            this.state = state;
        }
    }

    HostTurns(int perHost, LongSupplier nanoTime, HostState.Waiting waiting) {
        this.perHost = perHost;
        this.nanoTime = nanoTime;
        this.waiting = waiting;
        this.all = new Semaphore(maxConnections(perHost));
    }

    /** Returns the maximum number of connections to all hosts together. */
    static int maxConnections(int perHost) {
        return Math.max(perHost, MAX_CONNECTIONS);
    }

    /** Permission for one request, until it is closed. */
    final class Turn implements AutoCloseable {
        private final String name;
        private final HostState host;
        private final long waited;

        private Turn(String name, HostState host, long waited) {
            this.name = name;
            this.host = host;
            this.waited = waited;
        }

        /** Returns the nanoseconds for which the request waited for its turn. */
        long waited() {
            return waited;
        }

        /** Records a complete response, whatever its status. */
        void succeeded() {
            host.succeeded();
        }

        /** Records a failure; {@code pause} is the pause that the host asks for, or zero. */
        void failed(Duration pause) {
            host.failed(pause);
        }

        @Override
        public void close() {
            all.release();
            host.end();
            forget(name);
        }
    }

    /**
     * Waits until a request to the host of {@code uri} may begin; throws {@link FetchException} if the host has failed for
     * a long time.
     */
    Turn begin(URI uri) throws FetchException, InterruptedException {
        long since = nanoTime.getAsLong();
        String name = name(uri);
        HostState host = use(name);
        boolean hasBegun = false;
        boolean isConnecting = false;
        try {
            host.begin();
            isConnecting = true;
            all.acquire();
            hasBegun = true;
            return new Turn(name, host, nanoTime.getAsLong() - since);
        } finally {
            if (!hasBegun) {
                if (isConnecting) {
                    host.end();
                }
                forget(name);
            }
        }
    }

    private static String name(URI uri) {
        int standard = "https".equals(uri.getScheme()) ? 443 : 80;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    private synchronized HostState use(String name) {
        Shared host = hosts.computeIfAbsent(name, _ -> new Shared(new HostState(name, perHost, nanoTime, waiting)));
        host.users++;
        return host.state;
    }

    private synchronized void forget(String name) {
        Shared host = hosts.get(name);
        if (host != null && --host.users == 0 && (hosts.size() > MAX_HOSTS || host.state.isUnremarkable())) {
            hosts.remove(name);
        }
    }
}
