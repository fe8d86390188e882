package io.filejob.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.cluster.LogFields;
import io.filejob.cluster.PodEnvironment;
import io.filejob.operator.BareApiServer;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.Phase;
import io.filejob.testing.http.PageServer;
import io.filejob.testing.http.WebhookReceiver;
import io.filejob.testing.otlp.OtlpCollector;
import io.filejob.testing.postgres.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs in a cluster with Secrets and signed URLs, which fail or have bad records: the secrets are in no log line, event,
 * status, metric or span of the packaged operator and of the pods, and all log lines are JSON.
 */
@Timeout(600)
final class SecretsInClusterIT {
    @RegisterExtension
    static final BareApiServer SERVER = new BareApiServer();

    private static final String CANARY = "canary5b2c";
    private static final String HOOK_KEY = "Q2FuYXJ5" + "Y".repeat(36);
    private static final String HOOK = "whsec_" + HOOK_KEY;

    private final List<String> outputs = new ArrayList<>();
    private final List<String> podLines = new ArrayList<>();

    @TempDir
    private Path folder;

    private KubernetesClient client;
    private PodNamespace namespace;

    @BeforeEach
    void cluster() throws IOException {
        client = SERVER.client();
        namespace = new PodNamespace(client, folder);
        namespace.secret("hook", Map.of("secret", HOOK));
        namespace.secret("s3", Map.of("AWS_ACCESS_KEY_ID", CANARY + "-id", "AWS_SECRET_ACCESS_KEY", CANARY + "-s3"));
    }

    private void run(String job, Map<String, String> environment) throws IOException, InterruptedException {
        String output = namespace.run(job, environment);
        podLines.addAll(
                output.lines().filter(line -> line.startsWith("{\"timestamp\"")).toList());
        outputs.add(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "DEBUG"})
    void noOutputHasASecret(String level) throws Exception {
        PostgresServer database = PostgresServer.shared();
        namespace.secret(
                "db",
                Map.of(
                        "host",
                        PostgresServer.HOST,
                        "port",
                        Integer.toString(database.port()),
                        "database",
                        database.database().name(),
                        "user",
                        "filejob",
                        "password",
                        CANARY + "-password",
                        "sslmode",
                        "disable"));
        try (PageServer pages = new PageServer();
                WebhookReceiver receiver = new WebhookReceiver();
                OtlpCollector collector = new OtlpCollector();
                OperatorProcess operator = new OperatorProcess(
                        client.getConfiguration(),
                        folder.resolve("operator.log"),
                        Map.of(
                                "FILEJOB_LOG_LEVEL",
                                level,
                                "FILEJOB_ALLOW_PRIVATE",
                                "127.0.0.1",
                                "OTEL_TRACES_EXPORTER",
                                "otlp",
                                "OTEL_EXPORTER_OTLP_HEADERS",
                                "authorization=" + CANARY + "-bearer",
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                collector.endpoint()))) {
            Map<String, String> pod = Map.of(
                    PodEnvironment.LOG_JSON,
                    "true",
                    PodEnvironment.LOG_LEVEL,
                    level,
                    PodEnvironment.ALLOW_PRIVATE,
                    "127.0.0.1",
                    "OTEL_TRACES_EXPORTER",
                    "otlp",
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "authorization=" + CANARY + "-bearer",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.endpoint());
            String page = pages.put("prices.csv", "price\n1\nx\n".getBytes(StandardCharsets.UTF_8)) + "?token=" + CANARY
                    + "-token";
            String missing = pages.uri("missing.csv") + "?X-Amz-Signature=" + CANARY + "-signature";
            for (int i = 0; i < 4; i++) {
                receiver.answer(503, Map.of());
            }
            String reading = """
                    input: {files: ["%s"]}, network: {allowPrivate: [127.0.0.1]}, workers: 1,
                    operation: {average: {column: price}}, onBadRecord: %s,
                    callback: {url: "%s&token=%s-hook", secret: {name: hook}}
                    """;
            String url = receiver.url();
            List<FileJobResource> jobs = List.of(
                    namespace.create("skips", reading.formatted(page, "skip", url, CANARY)),
                    namespace.create("fails", reading.formatted(page, "fail", url, CANARY)),
                    namespace.create("misses", reading.formatted(missing, "fail", url, CANARY)),
                    namespace.create("loads", """
                            input: {files: ["%s"]}, network: {allowPrivate: [127.0.0.1]}, workers: 1,
                            operation: {ingest: {database: {secret: {name: db}}, table: products, mode: append, createTable: false}}
                            """.formatted(page)),
                    namespace.create("reads", """
                            input: {files: ["s3://files/a.csv"]}, workers: 1, operation: {average: {column: price}},
                            s3: {endpoint: "%s", region: eu-1, pathStyle: true, credentialsSecret: {name: s3}}
                            """.formatted(pages.uri("").replaceFirst("/$", ""))));
            for (FileJobResource job : jobs) {
                run(Names.base(job), pod);
            }
            namespace.await(jobs.get(0), job -> job.getStatus().phase() == Phase.COMPLETE);
            namespace.await(jobs.get(1), job -> job.getStatus().phase() == Phase.FAILED);
            for (FileJobResource job : jobs.subList(0, 2)) {
                run(Names.base(job) + "-callback-1", pod);
                namespace.await(
                        job,
                        now -> now.getStatus().callback() != null
                                && Objects.equals(now.getStatus().callback().code(), 503));
            }
            TestNamespace.soon("spans").until(() -> collector.spans().size() >= 4);
            outputs.add(operator.text());
            outputs.add(operator.get("/q/metrics"));
            outputs.add(operator.get("/q/health"));
            outputs.add(collector.spans().toString());
            outputs.add(events());
            for (FileJobResource job : jobs) {
                outputs.add(Serialization.asJson(client.resource(job).get().getStatus()));
            }
            assertThat(outputs.get(outputs.size() - jobs.size() + 1))
                    .as("the status names page and line")
                    .contains("prices.csv?***:3");
            assertThat(outputs)
                    .hasSizeGreaterThanOrEqualTo(7 + 4 + jobs.size())
                    .allSatisfy(output -> assertThat(output).isNotBlank().doesNotContain(CANARY + "-", HOOK_KEY));
            assertThat(outputs.get(1)).as("the page is named").contains("prices.csv");
            checkLines(operator.events());
        }
    }

    private String events() {
        return Serialization.asJson(client.events()
                .v1()
                .events()
                .inNamespace(namespace.name())
                .list()
                .getItems());
    }

    private void checkLines(List<JsonNode> lines) throws IOException {
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*");
            assertThat(line.path("level").asText())
                    .isIn("TRACE", "DEBUG", "FINE", "CONFIG", "INFO", "WARN", "ERROR", "FATAL");
            assertThat(line.hasNonNull("message")).isTrue();
            assertThat(line.path("loggerName").asText()).isNotEmpty();
        });
        assertThat(lines).as("lines of a reconciliation name the job").anySatisfy(line -> {
            JsonNode context = line.path("mdc");
            assertThat(context.path(LogFields.NAMESPACE).asText()).isEqualTo(namespace.name());
            assertThat(context.path(LogFields.JOB).asText()).isNotEmpty();
        });
        assertThat(podLines).isNotEmpty();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : podLines) {
            JsonNode event = mapper.readTree(line);
            assertThat(event.path("level").asText()).isIn("DEBUG", "INFO", "WARN", "ERROR");
            boolean isWorker = !event.path("message").asText().startsWith("callback");
            assertThat(event.has(LogFields.JOB)).as(line).isEqualTo(isWorker);
        }
    }
}
