package io.filejob.testing.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real Alertmanager on this machine, without receivers. */
public final class AlertmanagerServer implements AutoCloseable {
    private static final Path TEMPLATES = Path.of("/usr/share/prometheus/alertmanager");

    private final ServerProcess server;

    /** Starts it with its data in {@code folder}, which must exist; {@code root} is the folder of the project. */
    public AlertmanagerServer(Path root, Path folder) {
        try {
            Path configuration = Files.writeString(folder.resolve("alertmanager.yml"), """
                    route: {receiver: none, group_wait: 1s, group_interval: 1s}
                    receivers: [{name: none}]
                    """);
            Path programs = ServerProcess.programs(root);
            List<String> start = Files.exists(TEMPLATES) ? List.of() : withTemplates(programs);
            server = new ServerProcess(folder, port -> {
                List<String> command = new ArrayList<>(start);
                command.addAll(List.of(
                        programs.resolve("prometheus-alertmanager").toString(),
                        "--config.file=" + configuration,
                        "--storage.path=" + folder.resolve("data"),
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:" + port));
                return command;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Debian's Alertmanager reads its templates from a fixed folder. Where it is unpacked and not installed, it gets a view
     * of the file system of its own, in which that folder leads to the unpacked one.
     */
    private static List<String> withTemplates(Path programs) {
        Path unpacked = programs.resolveSibling("share").resolve("prometheus").resolve("alertmanager");
        String view = "mount -t tmpfs none /usr/share && mkdir /usr/share/prometheus && ln -s '" + unpacked + "' "
                + TEMPLATES + " && exec \"$@\"";
        return List.of("unshare", "--map-root-user", "--mount", "sh", "-c", view, "sh");
    }

    String address() {
        return "127.0.0.1:" + server.port();
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
