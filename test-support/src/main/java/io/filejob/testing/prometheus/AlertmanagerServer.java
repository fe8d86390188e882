package io.filejob.testing.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real Alertmanager on this machine, without receivers. */
public final class AlertmanagerServer implements AutoCloseable {
    private final ServerProcess server;
    private final int port;

    /** Starts it with its data in {@code folder}, which must exist; {@code root} is the folder of the project. */
    public AlertmanagerServer(Path root, Path folder) {
        port = ServerProcess.freePort();
        try {
            Path configuration = Files.writeString(folder.resolve("alertmanager.yml"), """
                    route: {receiver: none, group_wait: 1s, group_interval: 1s}
                    receivers: [{name: none}]
                    """);
            server = new ServerProcess(
                    folder,
                    port,
                    List.of(
                            ServerProcess.programs(root)
                                    .resolve("prometheus-alertmanager")
                                    .toString(),
                            "--config.file=" + configuration,
                            "--storage.path=" + folder.resolve("data"),
                            "--cluster.listen-address=",
                            "--web.listen-address=127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns the labels of all active alerts, including their names as {@code alertname}. */
    public List<Map<String, String>> alerts() {
        return server.get("/api/v2/alerts?active=true")
                .valueStream()
                .map(alert -> labels(alert.path("labels")))
                .toList();
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new TreeMap<>();
        node.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    @Override
    public void close() {
        server.close();
    }
}
