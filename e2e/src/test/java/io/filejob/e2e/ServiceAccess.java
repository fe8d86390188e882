package io.filejob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.filejob.value.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests to the service of the chart, by a forwarded port. */
final class ServiceAccess implements AutoCloseable {
    private static final int PORT = 8080;

    private final HttpClient client = HttpClient.newHttpClient();
    private final LocalPortForward forward;

    ServiceAccess() {
        forward = Cluster.CLIENT
                .services()
                .inNamespace(Cluster.SYSTEM)
                .withName(Cluster.RELEASE + "-api")
                .portForward(PORT);
    }

    /** Installs the service, with further options of helm. */
    static void install(String... options) {
        upgrade(true, options);
    }

    /** Removes the service. */
    static void remove() {
        upgrade(false);
    }

    private static void upgrade(boolean isEnabled, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "upgrade",
                Cluster.RELEASE,
                Cluster.CHART,
                "-n",
                Cluster.SYSTEM,
                "-f",
                Cluster.values(),
                "--install",
                "--wait",
                "--set",
                "api.enabled=" + isEnabled));
        arguments.addAll(List.of(options));
        Cluster.helm(arguments.toArray(String[]::new)).ok();
    }

    /** Returns the token of a new user with a role of the chart in {@code namespace}. */
    static Optional<String> token(String namespace, String user, String role) {
        Cluster.kubectl("create", "serviceaccount", user, "-n", namespace).ok();
        bind(namespace, user, role);
        return Optional.of(
                Cluster.kubectl("create", "token", user, "-n", namespace).ok().strip());
    }

    /** Gives a user a role of the chart in {@code namespace}. */
    static void bind(String namespace, String user, String role) {
        Cluster.kubectl(
                        "create",
                        "rolebinding",
                        user + "-" + role,
                        "-n",
                        namespace,
                        "--clusterrole=filejob-" + Cluster.SYSTEM + "-api-" + role,
                        "--serviceaccount=" + namespace + ":" + user)
                .ok();
    }

    /** Returns the URL of the jobs in {@code namespace}. */
    URI jobs(String namespace) {
        return URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/api/v1/namespaces/" + namespace + "/jobs");
    }

    HttpResponse<byte[]> send(String method, URI uri, Optional<String> token, String body) {
        return send(method, uri, token, body, "application/yaml");
    }

    HttpResponse<byte[]> send(String method, URI uri, Optional<String> token, String body, String type) {
        return send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.ofString(body))
                        .header("Content-Type", type),
                token);
    }

    /** Reads a range of a file. */
    HttpResponse<byte[]> range(URI uri, Optional<String> token, String range) {
        return send(HttpRequest.newBuilder(uri).header("Range", range), token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, Optional<String> token) {
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the JSON of a successful response. */
    static JsonNode json(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isBetween(200, 299);
        return Json.parse(body).orElseThrow();
    }

    /** Waits until the job at {@code job} is complete. */
    void awaitComplete(URI job, Optional<String> token) {
        Job.await("the job is complete").until(() -> json(send("GET", job, token, ""))
                .at("/status/phase")
                .asText()
                .equals("Complete"));
    }

    @Override
    public void close() throws IOException {
        forward.close();
    }
}
