package io.filejob.testing.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The samples of a page in Prometheus' text format.
 *
 * @param series the values by the name of the series with its labels, as they are on the page
 */
public record ScrapedMetrics(Map<String, Double> series) {
    /** Copies the series. */
    public ScrapedMetrics {
        series = Map.copyOf(series);
    }

    /** Reads a page; comments and times of samples are ignored. */
    public static ScrapedMetrics parse(String page) {
        Map<String, Double> found = new LinkedHashMap<>();
        page.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            int end = line.indexOf(' ', Math.max(0, line.lastIndexOf('}')));
            String value = line.substring(end + 1).split(" ", -1)[0];
            found.put(line.substring(0, end), Double.parseDouble(value.replace("Inf", "Infinity")));
        });
        return new ScrapedMetrics(found);
    }

    /** Returns the sum of the series of {@code name} whose labels contain all of {@code labels}, such as {@code a="b"}. */
    public double sum(String name, String... labels) {
        return series.entrySet().stream()
                .filter(each -> nameOf(each.getKey()).equals(name))
                .filter(each -> {
                    for (String label : labels) {
                        if (!each.getKey().contains(label)) {
                            return false;
                        }
                    }
                    return true;
                })
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Returns the name of a series without its labels. */
    public static String nameOf(String series) {
        return series.split("\\{", 2)[0];
    }
}
