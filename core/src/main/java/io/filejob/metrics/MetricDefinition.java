package io.filejob.metrics;

import java.util.List;

/**
 * A metric as Prometheus sees it.
 *
 * @param name the complete name, with the unit and, for counters, {@code _total}
 * @param kind the type of metric
 * @param unit the unit in words; base units are seconds and bytes
 * @param labels the names of its labels
 * @param help the description: one sentence
 * @param buckets the upper limits of a histogram's buckets in ascending order, without infinity; empty for others
 */
public record MetricDefinition(
        String name, MetricKind kind, String unit, List<String> labels, String help, List<Double> buckets) {
    /** Copies the lists. */
    public MetricDefinition {
        labels = List.copyOf(labels);
        buckets = List.copyOf(buckets);
    }

    /** Returns the names of its time series: one, or three for a histogram. */
    public List<String> seriesNames() {
        return kind == MetricKind.HISTOGRAM ? List.of(name + "_bucket", name + "_sum", name + "_count") : List.of(name);
    }

    /** Returns the limits of the buckets as an array. */
    public double[] limits() {
        return buckets.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
