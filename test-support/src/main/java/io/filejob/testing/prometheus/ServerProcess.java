package io.filejob.testing.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.filejob.testing.system.ProjectScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** A server in a process of its own, which listens on the loopback address. */
final class ServerProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofMinutes(2);

    private static final int MAX_PORTS = 5;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Path log;
    private Process process;
    private int port;

    /**
     * Starts {@code command}, which depends on the port, in {@code folder}, and waits until it is ready. Another process may
     * take a free port first, so several are tried.
     */
    ServerProcess(Path folder, IntFunction<List<String>> command) {
        this.folder = folder;
        this.log = folder.resolve("log");
        try {
            port = freePort();
            process = start(command.apply(port));
            for (int attempt = 1; !awaitReady(); attempt++) {
                String text = Files.readString(log);
                if (attempt == MAX_PORTS || !text.contains("address already in use")) {
                    throw new IllegalStateException(text);
                }
                port = freePort();
                process = start(command.apply(port));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Returns false if the process has ended. */
    private boolean awaitReady() {
        Awaitility.await().atMost(START).until(() -> !process.isAlive() || isReady());
        return process.isAlive();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns the port. */
    int port() {
        return port;
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Returns the folder of the programs, as {@code scripts/prometheus} finds them. */
    static Path programs(Path root) {
        return ProjectScript.find(root, "prometheus");
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(uri("/-/ready")).build()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the response to a GET request for {@code path}, of any status. */
    JsonNode get(String path) {
        try {
            return JSON.readTree(send(HttpRequest.newBuilder(uri(path)).build()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
