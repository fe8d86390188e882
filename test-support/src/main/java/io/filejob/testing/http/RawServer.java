package io.filejob.testing.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A web server that writes any bytes as responses, also slowly or without an end. Each connection serves one request. */
public final class RawServer implements AutoCloseable {
    private static final int PAUSE_MILLIS = 5;
    private static final String LENGTH = "content-length: ";

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final Responder responder;
    private final boolean readsRequests;

    /** Writes the response to a request; the connection is then closed. Runs in a thread of its own. */
    @FunctionalInterface
    public interface Responder {
        void respond(RawRequest request, Response response) throws IOException;
    }

    /**
     * A request.
     *
     * @param number the number of the request, from 1
     * @param line the first line: method, target and version
     * @param headers the other lines of its head
     */
    public record RawRequest(int number, String line, List<String> headers) {
        /** Returns the value of the header {@code name}, if the request has it. */
        public @Nullable String header(String name) {
            String start = name + ": ";
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
                    .map(line -> line.substring(start.length()))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The connection as a response is written to it. */
    public final class Response {
        private final OutputStream out;

        private Response(OutputStream out) {
            this.out = out;
        }

        /** Writes {@code text} at once. */
        public void write(String text) throws IOException {
            write(text.getBytes(ISO_8859_1));
        }

        /** Writes {@code bytes} at once. */
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        /** Writes {@code bytes} one by one, with a pause of 5 ms after each. */
        public void trickle(byte[] bytes) throws IOException {
            for (byte each : bytes) {
                out.write(each);
                try {
                    if (closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        throw new IOException("the server was closed");
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }

        /** Writes {@code bytes} again and again until the client closes the connection. */
        public void repeat(byte[] bytes) throws IOException {
            while (!listening.isClosed()) {
                out.write(bytes);
            }
        }
    }

    public RawServer(Responder responder) throws IOException {
        this(responder, true);
    }

    /** Creates a server that responds to connections, and reads no request if {@code readsRequests} is false. */
    public RawServer(Responder responder, boolean readsRequests) throws IOException {
        this.responder = responder;
        this.readsRequests = readsRequests;
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns the URI without a path. */
    public String uri() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Returns the number of requests so far. */
    public int requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The server was closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in =
                    readsRequests ? new BufferedInputStream(socket.getInputStream()) : InputStream.nullInputStream();
            String first = line(in);
            List<String> headers = new ArrayList<>();
            int length = 0;
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                headers.add(line);
                if (line.equalsIgnoreCase("expect: 100-continue")) {
                    socket.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
                }
                length = line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())
                        ? Integer.parseInt(line.substring(LENGTH.length()))
                        : length;
            }
            in.skipNBytes(length);
            responder.respond(
                    new RawRequest(requests.incrementAndGet(), first, headers), new Response(socket.getOutputStream()));
            socket.shutdownOutput();
        } catch (IOException e) {
            // The client has closed the connection.
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
    }
}
