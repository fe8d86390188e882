package io.filejob.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.metrics.MetricsWriter;
import io.filejob.metrics.WorkCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the metrics of this process at {@code /metrics} until it is closed. It costs nothing unless it is asked. */
public final class MetricsServer implements AutoCloseable {
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Starts the server at {@code port} of all addresses, or at any free port if it is 0. Throws {@link
     * JobFailedException} with {@link ExitCode#USAGE} if the port is not free.
     */
    public MetricsServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw new JobFailedException(
                    ExitCode.USAGE, "--metrics-port " + port + ": " + IoReason.of(e) + "; use another port", e);
        }
        server.setExecutor(threads);
        server.createContext("/", MetricsServer::respond);
        server.start();
    }

    /** Returns the port. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            byte[] body = MetricsText.of(WorkCounters.ofProcess()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", MetricsWriter.MEDIA_TYPE);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
