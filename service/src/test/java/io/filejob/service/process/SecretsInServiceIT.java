package io.filejob.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.s3.S3Server;
import io.filejob.value.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither the log of the service, at the lowest level, nor its responses about jobs that fail have a secret. */
final class SecretsInServiceIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String CANARY = "canary7e1f";
    private static final String HOOK = "Y".repeat(44);

    @TempDir
    private Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void dataFolder() throws IOException {
        data = folder.resolve("data");
        Files.createDirectories(data.resolve("secrets"));
    }

    private void secret(String name, Map<String, String> values) throws IOException {
        Path secret = Files.createDirectories(data.resolve("secrets").resolve(name));
        for (Map.Entry<String, String> value : values.entrySet()) {
            Files.writeString(secret.resolve(value.getKey()), value.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noneIsShown(boolean json) throws Exception {
        Path log = folder.resolve("log");
        Map<String, String> environment =
                Map.of("FILEJOB_LOG_LEVEL", "DEBUG", "FILEJOB_LOG_JSON", Boolean.toString(json));
        List<String> shown = new ArrayList<>();
        try (S3Server storage = new S3Server(Files.createDirectory(folder.resolve("s3")));
                WebhookReceiver receiver = new WebhookReceiver();
                ServiceProcess service =
                        ServiceProcess.start(data, environment, ProcessBuilder.Redirect.to(log.toFile()))) {
            ServiceClient client = service.client();
            shown.addAll(responses(client, job(client, "refused", database()), "", "\"phase\" : \"Failed\""));
            shown.addAll(responses(client, job(client, "stored", storage(storage)), "", "\"phase\" : \"Failed\""));
            shown.addAll(responses(client, job(client, "called", callback(receiver)), "/logs", "not delivered"));
            client.get("/jobs?token=" + CANARY + "-token");
            client.get("/nothing/here?token=" + LocalService.TOKEN);
            client.get("/api/v1/jobs/none", "Cookie", "filejob=" + CANARY + "-cookie");
            shown.add(client.get("/api/v1/jobs").body());
            shown.add(client.get("/jobs").body());
        }
        shown.addAll(Files.readAllLines(log));

        assertThat(shown).hasSizeGreaterThan(50).allSatisfy(text -> assertThat(text)
                .doesNotContain(CANARY + "-", HOOK, LocalService.TOKEN));
        if (json) {
            assertThat(Files.readAllLines(log)).allSatisfy(line -> assertThat(
                            Json.parse(line).orElseThrow().path("message").asText())
                    .isNotEmpty());
        }
    }

    /** Returns the spec of a load into a database that refuses the password. */
    private String database() throws Exception {
        PostgresServer server = PostgresServer.shared();
        try (Connection admin = server.admin();
                Statement statement = admin.createStatement()) {
            statement.execute("DROP ROLE IF EXISTS leaky_service");
            statement.execute("CREATE ROLE leaky_service LOGIN PASSWORD 'another'");
        }
        secret(
                "db",
                Map.of(
                        "host",
                        PostgresServer.HOST,
                        "port",
                        Integer.toString(server.port()),
                        "database",
                        server.database().name(),
                        "user",
                        "leaky_service",
                        "password",
                        CANARY + "-password"));
        return """
                input: {files: ["%s"]}
                operation: {ingest: {database: {secret: {name: db}}, table: products, mode: append}}
                """.formatted(csv());
    }

    private String storage(S3Server storage) throws IOException {
        storage.bucket("files");
        storage.put("files", "in.csv", "n\n1\n".getBytes(StandardCharsets.UTF_8));
        secret("s3", Map.of("AWS_ACCESS_KEY_ID", CANARY + "-id", "AWS_SECRET_ACCESS_KEY", CANARY + "-key"));
        return "input: {files: [\"s3://files/in.csv\"]}\noperation: {average: {column: n}}\n" + storage.yaml();
    }

    private String callback(WebhookReceiver receiver) throws IOException {
        receiver.answer(410, Map.of());
        secret("hook", Map.of("secret", "whsec_" + HOOK));
        return """
                input: {files: ["%s"]}
                operation: {average: {column: n}}
                network: {allowPrivate: ['127.0.0.1']}
                callback: {url: "%s", secret: {name: hook}}
                """.formatted(csv(), receiver.url());
    }

    private URI csv() throws IOException {
        return Files.writeString(folder.resolve("in.csv"), "n\n1\n").toUri();
    }

    /** Creates a job and returns its path in the API. */
    private static String job(ServiceClient client, String name, String spec) {
        HttpResponse<String> created = client.send(
                "POST", "/api/v1/jobs", """
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: %s}
                        spec:
                        """.formatted(name) + spec.indent(2), "Content-Type", "application/yaml");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(202);
        return URI.create(created.headers().firstValue("Location").orElseThrow())
                .getPath();
    }

    /** Waits until the text at {@code job + path} contains {@code expected}; returns what the service shows of it then. */
    private static List<String> responses(ServiceClient client, String job, String path, String expected) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(client.get(job + path).body()).contains(expected));
        List<String> shown = new ArrayList<>();
        for (String part : List.of("", "/workers", "/plan", "/logs", "/callbacks", "/parts", "/result", "/rejects")) {
            shown.add(client.get(job + part).body());
        }
        String page = job.replace("/api/v1/jobs/", "/jobs/local/");
        for (String part : List.of("", "/preview", "/parts", "/log/0")) {
            shown.add(client.get(page + part).body());
        }
        assertThat(shown).as("what is shown of %s", job).allSatisfy(text -> assertThat(text)
                .isNotEmpty());
        return shown;
    }
}
