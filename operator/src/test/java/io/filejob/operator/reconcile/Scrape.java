package io.filejob.operator.reconcile;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The metrics of the running operator at one time. */
record Scrape(List<Sample> samples) {
    static Scrape now() {
        return new Scrape(
                Collections.list(CDI.current()
                                .select(CollectorRegistry.class)
                                .get()
                                .metricFamilySamples())
                        .stream()
                        .flatMap(family -> family.samples.stream())
                        .toList());
    }

    /** Returns the sum of all series of this name with these labels. */
    double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample -> sample.name.equals(name) && has(sample, labels))
                .mapToDouble(sample -> sample.value)
                .sum();
    }

    /** Returns whether there is a series of this name. */
    boolean has(String name) {
        return samples.stream().anyMatch(sample -> sample.name.equals(name));
    }

    private static boolean has(Sample sample, Map<String, String> labels) {
        return labels.entrySet().stream().allMatch(label -> {
            int index = sample.labelNames.indexOf(label.getKey());
            return index >= 0 && sample.labelValues.get(index).equals(label.getValue());
        });
    }
}
