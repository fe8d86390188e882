package io.filejob.testing.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;

/** A receiver of webhooks on this machine, which keeps all requests. It accepts those without a planned answer. */
public final class WebhookReceiver implements AutoCloseable {
    /**
     * A request.
     *
     * @param method its method
     * @param path its path
     * @param headers its headers by their names in lower case
     * @param body its body
     */
    public record Webhook(String method, String path, Map<String, String> headers, String body) {
        /**
         * Returns whether the first signature is that of the request by {@code key}, {@code whsec_} and base64, according to
         * Standard Webhooks 1.0.0.
         */
        public boolean isSigned(String key) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.substring("whsec_".length())), "HmacSHA256"));
                String content = headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + "." + body;
                String signature =
                        Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
                return ("v1," + signature).equals(headers.get("webhook-signature"));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("not a key", e);
            }
        }
    }

    /** A planned answer: its status and headers. */
    private record PlannedAnswer(int status, Map<String, String> headers) {}

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Webhook> webhooks = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<PlannedAnswer> answers = new ConcurrentLinkedQueue<>();

    /** Starts a receiver that only this machine reaches. */
    public WebhookReceiver() throws IOException {
        this("127.0.0.1");
    }

    /** Starts a receiver at {@code host}, an address of this machine. */
    public WebhookReceiver(String host) throws IOException {
        this("http", HttpServer.create(new InetSocketAddress(host, 0), 0));
    }

    private WebhookReceiver(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    /** Returns a receiver of HTTPS requests from this machine, with the certificate of {@code tls}. */
    public static WebhookReceiver secure(SSLContext tls) throws IOException {
        return secure(InetAddress.getLoopbackAddress().getHostAddress(), tls);
    }

    /** Returns a receiver of HTTPS requests at {@code host}, an address of this machine, with the certificate of {@code tls}. */
    public static WebhookReceiver secure(String host, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(host, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new WebhookReceiver("https", server);
    }

    /** Returns the address of its host. */
    public String host() {
        return server.getAddress().getAddress().getHostAddress();
    }

    /** Returns the URL of the receiver. */
    public String url() {
        return scheme + "://" + host() + ":" + server.getAddress().getPort() + "/hooks?shop=1";
    }

    /** Plans the answer to the next request that has none yet. */
    public WebhookReceiver answer(int status, Map<String, String> headers) {
        answers.add(new PlannedAnswer(status, headers));
        return this;
    }

    /** Forgets the planned answers, so that further requests are accepted. */
    public void acceptAll() {
        answers.clear();
    }

    /** Returns the requests so far. */
    public List<Webhook> webhooks() {
        return List.copyOf(webhooks);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            webhooks.add(new Webhook(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            PlannedAnswer answer = answers.poll();
            if (answer != null) {
                answer.headers().forEach(exchange.getResponseHeaders()::add);
            }
            exchange.sendResponseHeaders(answer == null ? 204 : answer.status(), -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
