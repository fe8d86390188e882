package io.filejob.operator.metrics;

import io.filejob.metrics.MetricDefinition;
import io.filejob.metrics.OperatorMetrics;
import io.filejob.operator.health.Canary;
import io.filejob.operator.health.Heartbeats;
import io.filejob.operator.health.Leadership;
import io.filejob.operator.observe.Observer;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Shows the signs of life that the operator also checks itself, from its start on. */
@Startup
@ApplicationScoped
public class HealthMeters {
    HealthMeters(
            CollectorRegistry registry,
            Leadership leadership,
            Canary canary,
            Heartbeats heartbeats,
            Observer observer) {
        registry.register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                // Only the leader changes the canary.
                List<MetricFamilySamples.Sample> age = leadership.isLeader()
                        ? List.of(Meters.sample(
                                OperatorMetrics.CANARY, canary.age().toMillis() / 1000.0))
                        : List.of();
                return List.of(
                        family(OperatorMetrics.LEADER, leadership.isLeader() ? 1 : 0),
                        Meters.family(OperatorMetrics.CANARY, age),
                        family(OperatorMetrics.UNFINISHED, heartbeats.size()),
                        family(OperatorMetrics.LAG, heartbeats.lag().toMillis() / 1000.0),
                        family(OperatorMetrics.WAITING, observer.waiting()));
            }
        });
    }

    private static Collector.MetricFamilySamples family(MetricDefinition metric, double value) {
        return Meters.family(metric, List.of(Meters.sample(metric, value)));
    }
}
