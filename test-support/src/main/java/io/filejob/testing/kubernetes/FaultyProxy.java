package io.filejob.testing.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** HTTP proxy in front of the real API server that counts requests and injects faults. */
public final class FaultyProxy implements AutoCloseable {
    /** The fault of a request. */
    public enum Fault {
        /** The request never arrives. */
        LOST,
        /** The request is executed, and the response is lost. */
        ANSWER_LOST,
        TOO_MANY,
        BROKEN,
        UNAUTHORIZED,
        /** The refusal of a server that has just started and does not know the access rights yet. */
        FORBIDDEN
    }

    private final HttpServer server;
    private final HttpClient upstream;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private volatile boolean down;

    public FaultyProxy() {
        try {
            upstream = HttpClient.newBuilder()
                    .sslContext(trusting())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    private static SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(RealApiServer.get().authorities())) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Injects faults into the next requests with this method, one each. */
    public void next(String method, Fault... some) {
        queue(method).addAll(java.util.List.of(some));
    }

    /** Returns whether all faults for this method have occurred. */
    public boolean isExhausted(String method) {
        return queue(method).isEmpty();
    }

    private Queue<Fault> queue(String method) {
        return Objects.requireNonNull(faults.computeIfAbsent(method, _ -> new ConcurrentLinkedQueue<>()));
    }

    /** Blocks all requests, or lets them pass again. */
    public void down(boolean isDown) {
        down = isDown;
    }

    /** Returns the number of requests of a kind: GET (of a whole object), LOOK (at metadata), LIST, POST, PUT. */
    public int count(String kind) {
        return counts.getOrDefault(kind, 0);
    }

    public int writes() {
        return count("POST") + count("PUT");
    }

    private void pass(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
        boolean list = accept.contains("List");
        counts.merge(
                !method.equals("GET") ? method : list ? "LIST" : accept.contains(";") ? "LOOK" : "GET",
                1,
                Integer::sum);
        Fault fault = down ? Fault.LOST : queue(method).poll();
        if (fault == null || fault == Fault.ANSWER_LOST) {
            HttpResponse<byte[]> answer = forward(exchange);
            if (fault == null) {
                answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                        .set("Content-Type", type));
                answer(exchange, answer.statusCode(), answer.body());
                return;
            }
        }
        switch (fault) {
            case LOST, ANSWER_LOST -> exchange.close();
            case TOO_MANY -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                answer(exchange, 429, new byte[0]);
            }
            case BROKEN -> answer(exchange, 500, "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case UNAUTHORIZED -> answer(exchange, 401, new byte[0]);
            case FORBIDDEN -> answer(exchange, 403, new byte[0]);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        RealApiServer.get().uri() + exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String header : new String[] {"Accept", "Authorization", "Content-Type"}) {
            @Nullable String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            return upstream.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        upstream.close();
        threads.close();
    }
}
