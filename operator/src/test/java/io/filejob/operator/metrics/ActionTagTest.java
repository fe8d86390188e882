package io.filejob.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

final class ActionTagTest {
    /** The registry of the Prometheus simpleclient, which the operator uses. */
    @SuppressWarnings("deprecation")
    @Test
    void countersOfOneNameHaveTheSameTags() {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new ActionTag());

        registry.counter("events.received.total", "event", "retry").increment();
        registry.counter("events.received.total", "event", "resource", "action", "ADDED")
                .increment(2);

        assertThat(registry.get("events.received.total")
                        .tag("action", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("events.received.total")
                        .tag("action", "ADDED")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
