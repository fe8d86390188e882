package io.filejob.table;

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
 * Passes the connections of PostgreSQL clients on to a server on this machine, and cuts one at a chosen moment. It looks
 * into messages, so clients that ask for TLS are told that there is none.
 */
public final class CutProxy implements AutoCloseable {
    /** When a connection is cut. */
    public enum Moment {
        /** The server does not get the message. */
        BEFORE,
        /** The server has done what the message asks for, and the client is not told. */
        AFTER
    }

    /** A cut to come, at a statement or at so many bytes copied, and what to do just before it. */
    record Cut(Moment moment, Predicate<String> statement, long copied, Runnable first) {}

    private final ServerSocket listener;
    private final int server;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Cut> next = new AtomicReference<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean refusing;

    /** In front of the server that listens on this port. */
    public CutProxy(int server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections there were, refused ones too. */
    public int connections() {
        return connections.get();
    }

    /** How many have been cut. */
    public int cuts() {
        return cuts.get();
    }

    /** Cuts the connection whose client is the next to do such a statement, for example {@code "COMMIT"::equals}. */
    public void cut(Moment moment, Predicate<String> statement) {
        cut(moment, statement, () -> {});
    }

    /** The same, and does something when the moment has come, before the client notices. */
    public void cut(Moment moment, Predicate<String> statement, Runnable first) {
        next.set(new Cut(moment, statement, Long.MAX_VALUE, first));
    }

    /** Cuts the connection that is the first to have had so many bytes copied to the server, from now on or before. */
    public void cutAfterCopied(long bytes) {
        cutAfterCopied(bytes, () -> {});
    }

    /** The same, and does something when the moment has come, before the client notices. */
    public void cutAfterCopied(long bytes, Runnable first) {
        next.set(new Cut(Moment.BEFORE, _ -> false, bytes, first));
    }

    /** Until told otherwise, new connections are closed at once. */
    public void refuse(boolean isRefusing) {
        refusing = isRefusing;
    }

    /** Cuts all connections there are. */
    public void cutAll() {
        open.forEach(connection -> cut(connection, () -> {}));
    }

    /** Takes the cut that is due for a statement, if any; it is done once. */
    @Nullable
    Cut due(String statement) {
        Cut cut = next.get();
        return cut != null && cut.statement().test(statement) && next.compareAndSet(cut, null) ? cut : null;
    }

    /** The same for the bytes that a connection has copied. */
    @Nullable
    Cut due(long copied) {
        Cut cut = next.get();
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
