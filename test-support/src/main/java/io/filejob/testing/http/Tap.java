package io.filejob.testing.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Relay of connections to a server on this machine's loopback, which records what clients send and can break connections
 * off.
 */
public final class Tap implements AutoCloseable {
    private final ServerSocket listener;
    private final int port;
    private final List<ByteArrayOutputStream> connections = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger refused = new AtomicInteger();

    /** Starts a relay to the server at the URL {@code server}. */
    public Tap(String server) throws IOException {
        port = URI.create(server).getPort();
        listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Returns the URL of the relay. */
    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** Returns the port of the relay. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Closes the next connections without a response. */
    public void refuse(int connectionsToClose) {
        refused.set(connectionsToClose);
    }

    /** Returns the values of a header in all requests so far that have it. */
    public List<String> headers(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ": ";
        return connections.stream()
                .flatMap(sent -> sent.toString(StandardCharsets.ISO_8859_1).lines())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                ByteArrayOutputStream sent = new ByteArrayOutputStream();
                connections.add(sent);
                threads.execute(() -> pass(client, server, sent));
                threads.execute(() -> pass(server, client, OutputStream.nullOutputStream()));
            } catch (IOException e) {
                // The relay is closed, or the client will notice the error.
            }
        }
    }

    /** Relays bytes until one side closes the connection. */
    private static void pass(Socket from, Socket to, OutputStream copy) {
        byte[] buffer = new byte[1 << 13];
        try (from;
                to) {
            for (int read = 0; read >= 0; read = from.getInputStream().read(buffer)) {
                copy.write(buffer, 0, read);
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side has closed the connection.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        threads.close();
    }
}
