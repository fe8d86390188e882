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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People run FileJobs by the service of the chart, each with the rights of the own token. */
final class ServiceTest {
    private static final int PORT = 8080;

    @RegisterExtension
    final Sandbox sandbox = new Sandbox();

    @TempDir
    private Path here;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void install() {
        upgrade(true);
    }

    @AfterAll
    static void remove() {
        upgrade(false);
    }

    private static void upgrade(boolean isEnabled) {
        Cluster.helm(
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
                        "api.enabled=" + isEnabled)
                .ok();
    }

    /** Returns the token of a new user with a role of the chart in the namespace of the test. */
    private String token(String user, String role) {
        String namespace = sandbox.namespace();
        Cluster.kubectl("create", "serviceaccount", user, "-n", namespace).ok();
        Cluster.kubectl(
                        "create",
                        "rolebinding",
                        user,
                        "-n",
                        namespace,
                        "--clusterrole=filejob-" + Cluster.SYSTEM + "-api-" + role,
                        "--serviceaccount=" + namespace + ":" + user)
                .ok();
        return Cluster.kubectl("create", "token", user, "-n", namespace).ok().strip();
    }

    private HttpResponse<byte[]> send(String method, URI uri, Optional<String> token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/yaml");
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(body).isBetween(200, 299);
        return Json.parse(body).orElseThrow();
    }

    @Test
    void aJobHasTheBytesOfALocalRunAndItsCallersHaveTheirOwnRights() throws IOException {
        Optional<String> user = Optional.of(token("ann", "user"));
        Optional<String> reader = Optional.of(token("bob", "reader"));
        Manifest average = Manifest.small("average", 3);
        String manifest =
                average.with("spec.output", "{configMap: {name: by-service}}").yaml();
        try (LocalPortForward forward = Cluster.CLIENT
                .services()
                .inNamespace(Cluster.SYSTEM)
                .withName(Cluster.RELEASE + "-api")
                .portForward(PORT)) {
            URI jobs = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/api/v1/namespaces/"
                    + sandbox.namespace() + "/jobs");
            assertThat(send("POST", jobs, Optional.empty(), manifest).statusCode())
                    .isEqualTo(401);
            assertThat(send("POST", jobs, reader, manifest).statusCode()).isEqualTo(403);
            URI job = URI.create(jobs + "/"
                    + json(send("POST", jobs, user, manifest))
                            .at("/metadata/name")
                            .asText());
            Job.await("the job is complete").until(() -> json(send("GET", job, user, ""))
                    .at("/status/phase")
                    .asText()
                    .equals("Complete"));

            URI result = URI.create(job + "/result");
            Path output = here.resolve("average.csv");
            Outcome.ofLocalRun(
                    average.with("spec.output", "{uri: '" + output + "'}").yaml());
            assertThat(send("GET", result, user, "").body()).isEqualTo(Files.readAllBytes(output));
            assertThat(send("GET", result, reader, "").body()).isEqualTo(Files.readAllBytes(output));
            assertThat(send("DELETE", job, reader, "").statusCode()).isEqualTo(403);
            assertThat(send("DELETE", job, user, "").statusCode()).isBetween(200, 299);
        }
    }
}
