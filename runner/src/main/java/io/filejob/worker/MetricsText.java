package io.filejob.worker;

import io.filejob.metrics.MetricsWriter;
import io.filejob.metrics.RetriedService;
import io.filejob.metrics.SliceOrigin;
import io.filejob.metrics.WorkCounters;
import io.filejob.metrics.WorkStep;
import io.filejob.metrics.WorkerMetrics;
import java.util.List;

/** The metrics of this process in Prometheus' text format. They are collected when they are requested. */
final class MetricsText {
    private MetricsText() {}

    /** Returns the metrics of {@code counters} and of the Java virtual machine. */
    static String of(WorkCounters counters) {
        MetricsWriter all = new MetricsWriter();
        add(counters, all);
        all.addMachine();
        return all.text();
    }

    private static void add(WorkCounters counters, MetricsWriter all) {
        all.head(WorkerMetrics.SLICES);
        for (SliceOrigin origin : SliceOrigin.values()) {
            all.sample(WorkerMetrics.SLICES, List.of(origin.text()), counters.slices(origin));
        }
        all.head(WorkerMetrics.SLICE_SECONDS);
        all.histogram(WorkerMetrics.SLICE_SECONDS, List.of(), counters.sliceBuckets(), counters.sliceSeconds());
        all.head(WorkerMetrics.STEP_SECONDS);
        for (WorkStep step : WorkStep.values()) {
            all.sample(WorkerMetrics.STEP_SECONDS, List.of(step.text()), counters.seconds(step));
        }
        all.value(WorkerMetrics.READ_BYTES, counters.readBytes());
        all.value(WorkerMetrics.FETCHING, counters.fetchingBytes());
        all.head(WorkerMetrics.RETRIES);
        for (RetriedService service : RetriedService.values()) {
            all.sample(WorkerMetrics.RETRIES, List.of(service.text()), counters.retries(service));
        }
        all.value(WorkerMetrics.SPILLS, counters.spillFiles());
        all.value(WorkerMetrics.SPILL_BYTES, counters.spillBytes());
    }
}
