package io.filejob.metrics;

import java.util.ArrayList;
import java.util.List;

/** Collects the definitions of one subject while its class is initialized. For one thread. */
final class MetricCatalog {
    private final List<MetricDefinition> all = new ArrayList<>();

    MetricDefinition counter(String name, String unit, String help, String... labels) {
        return add(new MetricDefinition(name, MetricKind.COUNTER, unit, List.of(labels), help, List.of()));
    }

    MetricDefinition gauge(String name, String unit, String help, String... labels) {
        return add(new MetricDefinition(name, MetricKind.GAUGE, unit, List.of(labels), help, List.of()));
    }

    /** Defines a histogram of seconds. */
    MetricDefinition seconds(String name, List<Double> buckets, String help, String... labels) {
        return add(new MetricDefinition(name, MetricKind.HISTOGRAM, "seconds", List.of(labels), help, buckets));
    }

    private MetricDefinition add(MetricDefinition definition) {
        all.add(definition);
        return definition;
    }

    List<MetricDefinition> all() {
        return List.copyOf(all);
    }
}
