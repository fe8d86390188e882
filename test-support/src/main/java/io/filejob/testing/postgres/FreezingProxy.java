package io.filejob.testing.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards connections to a server on this machine until it freezes: then no data passes, and neither side is notified.
 */
public final class FreezingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean frozen;

    public FreezingProxy(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Blocks all data from now on, including that of future connections. */
    public void freeze() {
        frozen = true;
    }

    /** Lets future connections pass; connections that were frozen stay so. */
    public void thaw() {
        frozen = false;
    }

    /** Closes all connections; new ones pass. */
    public void cut() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                if (!frozen) {
                    Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
                    open.add(to);
                    Thread.ofVirtual().start(() -> pass(client, to));
                    Thread.ofVirtual().start(() -> pass(to, client));
                }
            }
        } catch (IOException closed) {
            // The test is over.
            return;
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[8192];
            boolean lost = false;
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                lost |= frozen;
                if (!lost) {
                    out.write(bytes, 0, n);
                }
            }
            if (lost) {
                Thread.currentThread().join();
            }
        } catch (IOException | InterruptedException closed) {
            // Either side has closed the connection.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
