package io.filejob.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.metrics.ServiceMetrics;
import io.filejob.service.LocalService;
import io.filejob.service.ServiceClient;
import io.filejob.testing.prometheus.DashboardQueries;
import io.filejob.testing.prometheus.DocumentedMetrics;
import io.filejob.testing.prometheus.PrometheusServer;
import io.filejob.testing.prometheus.PrometheusServer.ScrapeTarget;
import io.filejob.value.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a service that runs jobs, scraped by a real Prometheus. */
@QuarkusTest
@QuarkusTestResource(
        value = LocalService.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "filejob.service.metrics.port", value = "0"),
            @ResourceArg(name = "filejob.service.time-to-live", value = "PT2S"),
            @ResourceArg(name = "filejob.service.sweep-interval", value = "PT0.2S")
        })
class ServiceMetricsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TestHTTPResource("/")
    URI service;

    @Inject
    MetricsPort port;

    @TempDir
    Path folder;

    @Test
    void everyDocumentedMetricHasDataAndEveryPanelShowsThoseOfItsUnit() throws IOException, InterruptedException {
        ServiceClient client = new ServiceClient(service);
        String address = "127.0.0.1:" + port.port();
        List<ScrapeTarget> targets = List.of(new ScrapeTarget("filejob-api", address, "/metrics", Map.of()));
        try (PrometheusServer prometheus = new PrometheusServer(ROOT, folder, targets);
                HttpClient streams = HttpClient.newHttpClient()) {
            await().atMost(LIMIT)
                    .until(() ->
                            !prometheus.query("up{job=\"filejob-api\"} == 1").isEmpty());
            String job = create(client, "waits", true, "2");
            String running = create(client, "runs", false, "1000000000");
            HttpRequest watch = HttpRequest.newBuilder(service.resolve("/api/v1/jobs/" + job + "/events"))
                    .header("Authorization", "Bearer " + LocalService.TOKEN)
                    .build();
            HttpResponse<InputStream> stream = streams.send(watch, BodyHandlers.ofInputStream());
            try (InputStream events = stream.body()) {
                assertThat(events.read()).isPositive();
                await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                    client.send("POST", "/api/v1/files", "a\n1\n");
                    client.get("/api/v1/jobs/" + job);
                    client.get("/api/v1/jobs/none-of-this-name");
                    assertThat(DashboardQueries.problems(
                                    prometheus,
                                    ROOT.resolve("observability/dashboards/filejob-service.json"),
                                    Map.of(),
                                    Set.of()))
                            .isEmpty();
                    assertThat(prometheus.query("filejob_service_open_streams == 1"))
                            .isNotEmpty();
                    assertThat(
                                    prometheus.query(
                                            "filejob_service_requests_total{method=\"GET\", route=\"/api/v1/jobs/*\", code=\"404\"}"))
                            .isNotEmpty();
                    assertThat(prometheus.query("filejob_service_expired_files_total{change=\"deleted\"} > 0"))
                            .isNotEmpty();
                    assertThat(DocumentedMetrics.series(ROOT, "The service"))
                            .isNotEmpty()
                            .allSatisfy(name -> assertThat(prometheus.query("max_over_time(" + name + "[10m]) > 0"))
                                    .as(name)
                                    .isNotEmpty());
                });
            }
            client.send("DELETE", "/api/v1/jobs/" + running);
            for (String over :
                    List.of("filejob_service_open_streams == 0", "filejob_service_jobs{state=\"running\"} == 0")) {
                await(over).atMost(LIMIT).until(() -> !prometheus.query(over).isEmpty());
            }
        }
    }

    @Test
    void metricsNeedNoTokenAndAreNotAtThePortOfTheApi() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = URI.create("http://127.0.0.1:" + port.port() + "/metrics");
            HttpResponse<String> all =
                    client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString());
            assertThat(all.statusCode()).isEqualTo(200);
            ServiceMetrics.all().forEach(metric -> assertThat(all.body()).contains("# TYPE " + metric.name() + " "));
            assertThat(client.send(
                                    HttpRequest.newBuilder(metrics.resolve("/api/v1/jobs"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
        }
        for (String path : List.of("/metrics", "/q/metrics")) {
            assertThat(new ServiceClient(service).get(path).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void namesInPathsAreNotInMetrics() {
        assertThat(RouteName.of("/")).isEqualTo("/");
        assertThat(RouteName.of("/api/v1/jobs/mean-x7k2/result")).isEqualTo("/api/v1/jobs/*/result");
        assertThat(RouteName.of("/api/v1/namespaces/team-a/jobs/jobs\"/logs"))
                .isEqualTo("/api/v1/namespaces/*/jobs/*/logs");
        assertThat(RouteName.of("/a/b/c/d/e/f/g/h/i/j")).isEqualTo("/*/*/*/*/*/*/*/*");
        ServiceCounters counters = new ServiceCounters();
        for (int i = 0; i < 10_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int digit = 0; digit < 8; digit++) {
                path.append((i >> digit & 1) == 0 ? "/jobs" : "/files");
            }
            counters.responded("GET", path.toString(), 404, 0.1, 0);
        }
        assertThat(counters.routes())
                .hasSizeLessThanOrEqualTo(ServiceMetrics.MAX_ROUTES + 1)
                .contains("other");
    }

    /** Creates a job that generates ten files of {@code entries} numbers, and returns its name. */
    private static String create(ServiceClient client, String name, boolean suspend, String entries) {
        String manifest = """
                {"apiVersion": "filejob.io/v1alpha1", "kind": "FileJob", "metadata": {"name": "%s"},
                 "spec": {"suspend": %s, "input": {"generate": {"files": 10, "entriesPerFile": %s}},
                          "operation": {"average": {}}}}
                """.formatted(name, suspend, entries);
        return json(client.send("POST", "/api/v1/jobs", manifest, "Content-Type", "application/json"))
                .at("/metadata/name")
                .asText();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body()).orElseThrow();
    }
}
