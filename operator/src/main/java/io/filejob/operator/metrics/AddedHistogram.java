package io.filejob.operator.metrics;

import io.filejob.metrics.MetricDefinition;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A histogram that adds the buckets of other processes. Safe to use from any thread. */
final class AddedHistogram extends Collector {
    private final MetricDefinition metric;
    private final Map<List<String>, Sums> sums = new ConcurrentHashMap<>();

    AddedHistogram(MetricDefinition metric) {
        this.metric = metric;
    }

    private static final class Sums {
        private final long[] counts;
        private double total;

        Sums(int buckets) {
            counts = new long[buckets];
        }

        synchronized void add(List<Long> more, double value) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += more.get(i);
            }
            total += value;
        }

        synchronized void append(
                MetricDefinition metric, List<String> labels, List<MetricFamilySamples.Sample> samples) {
            List<String> names = new ArrayList<>(metric.labels());
            names.add("le");
            long below = 0;
            for (int i = 0; i < counts.length; i++) {
                below += counts[i];
                double limit = i < metric.buckets().size() ? metric.buckets().get(i) : Double.POSITIVE_INFINITY;
                List<String> values = new ArrayList<>(labels);
                values.add(doubleToGoString(limit));
                samples.add(new MetricFamilySamples.Sample(metric.name() + "_bucket", names, values, below));
            }
            samples.add(new MetricFamilySamples.Sample(metric.name() + "_sum", metric.labels(), labels, total));
            samples.add(new MetricFamilySamples.Sample(metric.name() + "_count", metric.labels(), labels, below));
        }
    }

    /**
     * Adds the number of values in each bucket and beyond the last, not cumulated, and the sum of these values, to the
     * series with these {@code labels}.
     */
    void add(List<String> labels, List<Long> counts, double sum) {
        sums.computeIfAbsent(labels, _ -> new Sums(metric.buckets().size() + 1)).add(counts, sum);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        sums.forEach((labels, values) -> values.append(metric, labels, samples));
        return List.of(new MetricFamilySamples(metric.name(), Type.HISTOGRAM, metric.help(), samples));
    }
}
