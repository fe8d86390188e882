package io.filejob.testing.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real Prometheus on this machine, which scrapes and evaluates rules every second. */
public final class PrometheusServer implements AutoCloseable {
    private final ServerProcess server;

    /**
     * Something to scrape.
     *
     * @param job the value of the label {@code job}
     * @param address the host and port
     * @param path the path of the metrics
     * @param labels further labels
     */
    public record ScrapeTarget(String job, String address, String path, Map<String, String> labels) {}

    /** A time series with its value now. */
    public record SampleValue(Map<String, String> labels, double value) {}

    /**
     * Starts it with its data in {@code folder}, which must exist.
     *
     * @param root the folder of the project
     * @param rules the content of a file of rules
     * @param alertmanager the server that receives alerts
     * @param history earlier samples in OpenMetrics' text format, with times; empty for none
     */
    public PrometheusServer(
            Path root,
            Path folder,
            List<ScrapeTarget> targets,
            String rules,
            AlertmanagerServer alertmanager,
            String history) {
        this(
                root,
                folder,
                targets,
                rules,
                history,
                "alerting: {alertmanagers: [{static_configs: [{targets: [\"" + alertmanager.address() + "\"]}]}]}");
    }

    /** Starts it without rules and without a server that receives alerts. */
    public PrometheusServer(Path root, Path folder, List<ScrapeTarget> targets) {
        this(root, folder, targets, "groups: []", "", "");
    }

    private PrometheusServer(
            Path root, Path folder, List<ScrapeTarget> targets, String rules, String history, String alerting) {
        StringBuilder text = new StringBuilder("""
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                %s
                scrape_configs:
                """.formatted(alerting));
        int number = 0;
        for (ScrapeTarget target : targets) {
            text.append("- job_name: target-").append(number++).append('\n');
            text.append("  metrics_path: ").append(target.path()).append("\n  honor_labels: true\n");
            text.append("  static_configs:\n  - targets: ['")
                    .append(target.address())
                    .append("']\n    labels:\n");
            text.append("      job: ").append(target.job()).append('\n');
            target.labels().forEach((name, value) -> text.append("      ")
                    .append(name)
                    .append(": ")
                    .append(value)
                    .append('\n'));
        }
        try {
            Path configuration = Files.writeString(folder.resolve("prometheus.yml"), text);
            Files.writeString(folder.resolve("rules.yml"), rules);
            Path program = ServerProcess.programs(root).resolve("prometheus");
            if (!history.isEmpty()) {
                store(history, program.resolveSibling("promtool"), folder);
            }
            server = new ServerProcess(
                    folder,
                    port -> List.of(
                            program.toString(),
                            "--config.file=" + configuration,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes samples into the data of a server that has not started yet. */
    private static void store(String history, Path promtool, Path folder) throws IOException {
        Path samples = Files.writeString(folder.resolve("history"), history);
        Process process = new ProcessBuilder(
                        promtool.toString(),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        samples.toString(),
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("history.log").toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("history.log")));
        }
    }

    /** Returns the result of {@code expression} now; throws {@link IllegalArgumentException} if it is not valid. */
    public List<SampleValue> query(String expression) {
        JsonNode response = server.get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!response.path("status").asText().equals("success")) {
            throw new IllegalArgumentException(
                    expression + ": " + response.path("error").asText());
        }
        return response.path("data")
                .path("result")
                .valueStream()
                .map(PrometheusServer::sample)
                .toList();
    }

    private static SampleValue sample(JsonNode series) {
        Map<String, String> labels = new TreeMap<>();
        series.path("metric")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new SampleValue(
                labels, Double.parseDouble(series.path("value").path(1).asText().replace("Inf", "Infinity")));
    }

    @Override
    public void close() {
        server.close();
    }
}
