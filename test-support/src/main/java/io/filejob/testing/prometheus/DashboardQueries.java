package io.filejob.testing.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The queries of the panels of a dashboard, executed. */
public final class DashboardQueries {
    /** The time that tests may take, in seconds. */
    private static final double LONG = 7200;

    private DashboardQueries() {}

    /**
     * Executes all queries, and returns a line for each panel without data, and for each value that is not plausible for
     * its unit.
     *
     * @param dashboard the file
     * @param variables the values of variables, by their names with {@code $}; {@code $job} is any, and rates are of two
     *     minutes
     * @param mayBeEmpty the titles of panels that need no data
     */
    public static List<String> problems(
            PrometheusServer prometheus, Path dashboard, Map<String, String> variables, Set<String> mayBeEmpty) {
        List<String> problems = new ArrayList<>();
        try {
            for (JsonNode panel :
                    new ObjectMapper().readTree(Files.readString(dashboard)).path("panels")) {
                check(prometheus, panel, variables, mayBeEmpty, problems);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems;
    }

    private static void check(
            PrometheusServer prometheus,
            JsonNode panel,
            Map<String, String> variables,
            Set<String> mayBeEmpty,
            List<String> problems) {
        String title = panel.path("title").asText();
        String unit = panel.path("fieldConfig").path("defaults").path("unit").asText();
        boolean hasData = false;
        for (JsonNode target : panel.path("targets")) {
            String expression = target.path("expr")
                    .asText()
                    .replace("$__rate_interval", "2m")
                    .replace("$job", ".*");
            // The name of a variable may begin with that of another one.
            List<String> names = variables.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
            for (String name : names) {
                expression = expression.replace(name, Objects.requireNonNull(variables.get(name)));
            }
            for (PrometheusServer.SampleValue sample : prometheus.query(expression)) {
                hasData |= !Double.isNaN(sample.value());
                if (!Double.isNaN(sample.value()) && !isPlausible(sample.value(), unit, title)) {
                    problems.add(title + ": " + sample.value() + " " + unit + ": " + expression);
                }
            }
        }
        if (!hasData && !mayBeEmpty.contains(title)) {
            problems.add(title + ": no data");
        }
    }

    private static boolean isPlausible(double value, String unit, String title) {
        return switch (unit) {
            case "percentunit" -> value >= 0 && value <= (title.startsWith("Where workers") ? 1.5 : 1);
            case "s" -> value >= 0 && (value <= LONG || title.equals("Time left"));
            case "bytes" -> title.startsWith("Heap") ? value > 1e6 && value < 8e9 : value >= 0 && value < 1e9;
            case "Bps" -> value >= 0 && value < 1e9;
            case "rowsps" -> value >= 0 && value < 1e9;
            case "ops", "reqps", "wps" -> value >= 0 && value < 10_000;
            case "short" -> value >= 0 && value <= (title.equals("Rows") ? 1e12 : 100_000);
            default -> false;
        };
    }
}
