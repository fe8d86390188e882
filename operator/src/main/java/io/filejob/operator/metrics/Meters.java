package io.filejob.operator.metrics;

import io.filejob.metrics.MetricDefinition;
import io.filejob.metrics.MetricKind;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.List;

/** Creates the collectors of Prometheus' client from the definitions of metrics. */
final class Meters {
    private Meters() {}

    static Counter counter(MetricDefinition metric, CollectorRegistry registry) {
        return Counter.build(metric.name(), metric.help())
                .labelNames(metric.labels().toArray(String[]::new))
                .register(registry);
    }

    static Histogram histogram(MetricDefinition metric, CollectorRegistry registry) {
        return Histogram.build(metric.name(), metric.help())
                .labelNames(metric.labels().toArray(String[]::new))
                .buckets(metric.limits())
                .register(registry);
    }

    /** Returns a family of a gauge or counter with these samples. */
    static MetricFamilySamples family(MetricDefinition metric, List<Sample> samples) {
        Collector.Type type = metric.kind() == MetricKind.COUNTER ? Collector.Type.COUNTER : Collector.Type.GAUGE;
        return new MetricFamilySamples(metric.name(), type, metric.help(), samples);
    }

    static Sample sample(MetricDefinition metric, double value, String... labels) {
        return new Sample(metric.name(), metric.labels(), List.of(labels), value);
    }
}
