package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.failure.JobFailedException;
import io.filejob.metrics.MetricDefinition;
import io.filejob.metrics.SliceOrigin;
import io.filejob.metrics.WorkCounters;
import io.filejob.metrics.WorkerMetrics;
import io.filejob.worker.MetricsServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class MetricsPortTest {
    private static HttpResponse<String> get(MetricsServer server, String path, String method) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void everyMetricOfWorkersIsServedWithTypeAndHelp() throws Exception {
        WorkCounters.ofProcess().slice(SliceOrigin.OWN, 20_000_000);
        try (MetricsServer server = new MetricsServer(0)) {
            HttpResponse<String> response = get(server, "/metrics", "GET");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
            for (MetricDefinition metric : WorkerMetrics.all()) {
                assertThat(response.body()).contains("# HELP " + metric.name() + " " + metric.help() + "\n");
                metric.seriesNames()
                        .forEach(name -> assertThat(response.body()).containsPattern("(?m)^" + name + "(\\{| )"));
            }
            assertThat(response.body())
                    .containsPattern("(?m)^filejob_worker_slice_seconds_bucket\\{le=\"\\+Inf\"} [1-9]")
                    .containsPattern("(?m)^jvm_memory_bytes_used\\{area=\"heap\"} [1-9]")
                    .containsPattern("(?m)^process_cpu_seconds_total [0-9]");
        }
    }

    @Test
    void nothingElseIsServed() throws Exception {
        try (MetricsServer server = new MetricsServer(0)) {
            assertThat(get(server, "/", "GET").statusCode()).isEqualTo(404);
            assertThat(get(server, "/metrics/../etc", "GET").statusCode()).isEqualTo(404);
            assertThat(get(server, "/metrics", "POST").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket used = new ServerSocket(0)) {
            assertThatThrownBy(() -> new MetricsServer(used.getLocalPort()))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("--metrics-port " + used.getLocalPort());
        }
    }
}
