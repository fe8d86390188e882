package io.filejob.testing.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server of pages on this machine's loopback, with behavior that a test can set. */
public final class PageServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger breaks = new AtomicInteger();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();

    /** Whether the server supports ranges. */
    public volatile boolean ranged = true;
    /** Whether the server sends a length. */
    public volatile boolean sized = true;
    /** The ETag that the server sends. */
    public volatile @Nullable String tag = "\"one\"";
    /** The content encoding that the server sends. */
    public volatile @Nullable String encoding;
    /** The redirect target of requests below {@code /elsewhere}. */
    public volatile String elsewhere = "";

    public PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Creates or replaces a page, and returns its URI. */
    public String put(String name, byte[] content) {
        pages.put("/" + name, content);
        return uri(name);
    }

    public String uri(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    /** Makes the next requests fail with status 503. */
    public void fail(int requests) {
        failures.set(requests);
    }

    /** Breaks the next bodies off in the middle. */
    public void breakOff(int bodies) {
        breaks.set(bodies);
    }

    /** Lets requests for ranges of a page that begin after its first byte wait until {@link #release}. */
    public void hold(String name) {
        held.put("/" + name, new CountDownLatch(1));
    }

    /** Answers all requests that wait, and holds no others. */
    public void release() {
        held.values().forEach(CountDownLatch::countDown);
        held.clear();
    }

    private void awaitRelease(String path, @Nullable String range) throws IOException {
        CountDownLatch latch = held.get(path);
        if (latch == null || range == null || range.startsWith("bytes=0-")) {
            return;
        }
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server closes", e);
        }
    }

    /** Returns the requested ranges, with the word {@code all} for requests of a whole page. */
    public List<String> ranges() {
        return List.copyOf(ranges);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] page = pages.get(path);
            if (path.startsWith("/elsewhere")) {
                exchange.getResponseHeaders().add("Location", elsewhere);
                exchange.sendResponseHeaders(302, -1);
            } else if (path.startsWith("/moved/")) {
                exchange.getResponseHeaders().add("Location", path.substring("/moved".length()));
                exchange.sendResponseHeaders(302, -1);
            } else if (path.startsWith("/status/")) {
                exchange.sendResponseHeaders(Integer.parseInt(path.substring("/status/".length())), -1);
            } else if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
            } else if (page == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                awaitRelease(path, exchange.getRequestHeaders().getFirst("Range"));
                send(exchange, page);
            }
        }
    }

    private void send(HttpExchange exchange, byte[] page) throws IOException {
        Headers asked = exchange.getRequestHeaders();
        String range = asked.getFirst("Range");
        ranges.add(range == null ? "all" : range);
        String condition = asked.getFirst("If-Range");
        Headers answer = exchange.getResponseHeaders();
        if (tag != null) {
            answer.add("ETag", tag);
        }
        if (encoding != null) {
            answer.add("Content-Encoding", encoding);
        }
        if (!ranged || range == null || (condition != null && !condition.equals(tag))) {
            body(exchange, 200, page, 0, page.length);
        } else if (page.length == 0) {
            answer.add("Content-Range", "bytes */0");
            exchange.sendResponseHeaders(416, -1);
        } else {
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            int from = Integer.parseInt(ends[0]);
            int to = Math.min(page.length, Integer.parseInt(ends[1]) + 1);
            answer.add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + page.length);
            body(exchange, 206, page, from, to);
        }
    }

    private void body(HttpExchange exchange, int status, byte[] page, int from, int to) throws IOException {
        boolean breaking = to - from > 1 && breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        int end = breaking ? (from + to) / 2 : to;
        exchange.sendResponseHeaders(status, to == from ? -1 : sized ? to - from : 0);
        if (to > from) {
            // Closing the stream early breaks the connection.
            OutputStream out = exchange.getResponseBody();
            out.write(page, from, end - from);
            out.flush();
            if (!breaking) {
                out.close();
            }
        }
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.close();
    }
}
