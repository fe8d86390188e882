package io.filejob.operator.metrics;

import io.filejob.metrics.OperatorMetrics;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Measures reconciliations, and counts the watched objects. Safe to use from any thread. */
@ApplicationScoped
public class OperatorMeters {
    private final Histogram times;
    private final AtomicInteger running = new AtomicInteger();
    private volatile Supplier<Map<String, Integer>> objects = Map::of;

    /** The outcomes of a reconciliation. */
    public enum ReconcileOutcome {
        /** It is done. */
        DONE("done"),
        /** It had to wait. */
        POSTPONED("postponed"),
        /** It has thrown an exception. */
        ERROR("error");

        private final String text;

        ReconcileOutcome(String text) {
            this.text = text;
        }
    }

    OperatorMeters(CollectorRegistry registry) {
        times = Meters.histogram(OperatorMetrics.RECONCILE, registry);
        registry.register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                List<MetricFamilySamples.Sample> counts = objects.get().entrySet().stream()
                        .map(entry -> Meters.sample(OperatorMetrics.OBJECTS, entry.getValue(), entry.getKey()))
                        .toList();
                return List.of(
                        Meters.family(
                                OperatorMetrics.RECONCILING,
                                List.of(Meters.sample(OperatorMetrics.RECONCILING, running.get()))),
                        Meters.family(OperatorMetrics.OBJECTS, counts));
            }
        });
    }

    /** Sets the source of the numbers of watched objects by kind. */
    public void objects(Supplier<Map<String, Integer>> counts) {
        objects = counts;
    }

    /** Records that a reconciliation begins; returns the time for {@link #end}. */
    public long begin() {
        running.incrementAndGet();
        return System.nanoTime();
    }

    /** Records the end of a reconciliation that has begun at {@code begun}. */
    public void end(long begun, ReconcileOutcome outcome) {
        running.decrementAndGet();
        times.labels(outcome.text).observe((System.nanoTime() - begun) / 1e9);
    }
}
