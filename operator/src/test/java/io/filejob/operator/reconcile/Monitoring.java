package io.filejob.operator.reconcile;

import io.filejob.testing.prometheus.AlertmanagerServer;
import io.filejob.testing.prometheus.PrometheusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Prometheus with the rules of {@code observability/rules}, and a real Alertmanager. */
final class Monitoring implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path RULES = ROOT.resolve("observability/rules/filejob.yml");

    private static final Pattern DURATION = Pattern.compile("\\b(\\d+)([hm])\\b");
    private static final int MINUTE = 60;

    final AlertmanagerServer alertmanager;
    final PrometheusServer prometheus;

    /** Starts both with their data below {@code folder}. All times of the rules are divided by 60. */
    Monitoring(Path folder, List<PrometheusServer.ScrapeTarget> targets) throws IOException {
        this(folder, targets, MINUTE, "");
    }

    /**
     * Starts both with earlier samples in OpenMetrics' text format. All times of the rules are divided by {@code divisor}, a
     * divisor of 60.
     */
    Monitoring(Path folder, List<PrometheusServer.ScrapeTarget> targets, int divisor, String history)
            throws IOException {
        alertmanager = new AlertmanagerServer(ROOT, Files.createDirectories(folder.resolve("alertmanager")));
        prometheus = new PrometheusServer(
                ROOT,
                Files.createDirectories(folder.resolve("prometheus")),
                targets,
                faster(Files.readString(RULES), divisor),
                alertmanager,
                history);
    }

    private static String faster(String rules, int divisor) {
        Matcher matcher = DURATION.matcher(rules);
        int seconds = MINUTE / divisor;
        return matcher.replaceAll(found ->
                        Integer.parseInt(found.group(1)) * (found.group(2).equals("h") ? MINUTE : 1) * seconds + "s")
                .replace("* 60", "* " + seconds);
    }

    /** Returns whether an alert of this name is firing in Alertmanager. */
    boolean fires(String alert) {
        return alertmanager.alerts().stream().anyMatch(labels -> alert.equals(labels.get("alertname")));
    }

    @Override
    public void close() {
        prometheus.close();
        alertmanager.close();
    }
}
