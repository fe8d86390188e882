package io.filejob.testing.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Forwards connections of PostgreSQL clients to a server on this machine and cuts one at a chosen moment. The proxy
 * parses messages, so it tells clients that request TLS that it is not supported.
 */
public final class CutProxy implements AutoCloseable {
    /** The moment at which a connection is cut. */
    public enum Moment {
        /** The server does not receive the message. */
        BEFORE,
        /** The server has executed the message, but the client does not receive the response. */
        AFTER
    }

    /** A pending cut at a statement or after {@code copied} bytes, with an action to run just before it. */
    record PlannedCut(Moment moment, Predicate<String> statement, long copied, Runnable first) {}

    private final ServerSocket listener;
    private final int server;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable PlannedCut> next = new AtomicReference<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean refusing;

    /** Forwards to the server on port {@code server}. */
    public CutProxy(int server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns the port on which the proxy listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns the number of connections, refused ones included. */
    public int connections() {
        return connections.get();
    }

    /** Returns the number of connections that have been cut. */
    public int cuts() {
        return cuts.get();
    }

    /** Cuts the next connection that executes such a statement, for example {@code "COMMIT"::equals}. */
    public void cut(Moment moment, Predicate<String> statement) {
        cut(moment, statement, () -> {});
    }

    /** Does the same, and runs {@code first} at that moment, before the client notices. */
    public void cut(Moment moment, Predicate<String> statement, Runnable first) {
        next.set(new PlannedCut(moment, statement, Long.MAX_VALUE, first));
    }

    /** Cuts the first connection that has copied {@code bytes} bytes to the server, counted since it was opened. */
    public void cutAfterCopied(long bytes) {
        cutAfterCopied(bytes, () -> {});
    }

    /** Does the same, and runs {@code first} at that moment, before the client notices. */
    public void cutAfterCopied(long bytes, Runnable first) {
        next.set(new PlannedCut(Moment.BEFORE, _ -> false, bytes, first));
    }

    /** Sets whether new connections are closed at once. */
    public void refuse(boolean isRefusing) {
        refusing = isRefusing;
    }

    /** Cuts all open connections. */
    public void cutAll() {
        open.forEach(connection -> cut(connection, () -> {}));
    }

    /** Returns and removes the pending cut for a statement, if there is one. */
    @Nullable
    PlannedCut due(String statement) {
        PlannedCut cut = next.get();
        return cut != null && cut.statement().test(statement) && next.compareAndSet(cut, null) ? cut : null;
    }

    /** Returns and removes the pending cut for the number of bytes copied by a connection. */
    @Nullable
    PlannedCut due(long copied) {
        PlannedCut cut = next.get();
        return cut != null && copied >= cut.copied() && next.compareAndSet(cut, null) ? cut : null;
    }

    void cut(ProxiedConnection connection, Runnable first) {
        first.run();
        cuts.incrementAndGet();
        connection.close();
    }

    void closed(ProxiedConnection connection) {
        open.remove(connection);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                pass(listener.accept());
            } catch (IOException e) {
                // The proxy is closed, or the server is down and the client has been told.
            }
        }
    }

    private void pass(Socket client) throws IOException {
        connections.incrementAndGet();
        if (refusing) {
            client.close();
            return;
        }
        try {
            ProxiedConnection connection =
                    new ProxiedConnection(this, client, new Socket(InetAddress.getLoopbackAddress(), server));
            open.add(connection);
            connection.start();
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        open.forEach(ProxiedConnection::close);
    }
}
