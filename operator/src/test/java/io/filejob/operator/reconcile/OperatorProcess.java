package io.filejob.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged operator as a process of its own, with log lines in JSON as in a cluster. */
final class OperatorProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Pattern ADDRESS = Pattern.compile("http://[^\":]+:([0-9]+)");

    private final Process process;
    private final Path log;

    /** Starts it with further variables, and waits until it listens; {@code log} receives its output. */
    OperatorProcess(Config cluster, Path log, Map<String, String> environment) throws IOException {
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Dquarkus.http.port=0",
                        "-jar",
                        JAR.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_KUBERNETES_CLIENT_API_SERVER_URL", cluster.getMasterUrl(),
                        "QUARKUS_KUBERNETES_CLIENT_CA_CERT_FILE", cluster.getCaCertFile(),
                        "QUARKUS_KUBERNETES_CLIENT_CLIENT_CERT_FILE", cluster.getClientCertFile(),
                        "QUARKUS_KUBERNETES_CLIENT_CLIENT_KEY_FILE", cluster.getClientKeyFile(),
                        "FILEJOB_NAMESPACE", "filejob-system",
                        "FILEJOB_RUNNER_IMAGE", "localhost/filejob-runner:test",
                        "FILEJOB_LOG_JSON", "true"));
        builder.environment().putAll(environment);
        process = builder.start();
        TestNamespace.soon("the operator").until(() -> !process.isAlive() || text().contains("Listening on"));
        if (!process.isAlive()) {
            throw new IllegalStateException(text());
        }
    }

    /** Returns its output so far. */
    String text() throws IOException {
        return Files.readString(log);
    }

    /** Returns its complete log lines so far; fails if one of them is not a JSON object. */
    List<JsonNode> events() throws IOException {
        String text = text();
        List<JsonNode> events = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            JsonNode event = JSON.readTree(line);
            if (!event.isObject()) {
                throw new IllegalStateException("not an object: " + line);
            }
            events.add(event);
        }
        return events;
    }

    /** Returns the port at which it serves metrics and health. */
    int port() throws IOException {
        Matcher matcher = ADDRESS.matcher(text().substring(text().indexOf("Listening on")));
        if (!matcher.find()) {
            throw new IllegalStateException("the log names no address");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Returns the body of the response to a GET request. */
    String get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
