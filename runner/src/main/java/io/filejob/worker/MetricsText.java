package io.filejob.worker;

import io.filejob.metrics.MetricDefinition;
import io.filejob.metrics.RetriedService;
import io.filejob.metrics.SliceOrigin;
import io.filejob.metrics.WorkCounters;
import io.filejob.metrics.WorkerMetrics;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Locale;

/** The metrics of this process in Prometheus' text format, version 0.0.4. They are collected when they are requested. */
final class MetricsText {
    private final StringBuilder text = new StringBuilder();

    private MetricsText() {}

    /** Returns the metrics of {@code counters} and of the Java virtual machine. */
    static String of(WorkCounters counters) {
        MetricsText all = new MetricsText();
        all.add(counters);
        all.addMachine();
        return all.text.toString();
    }

    private void add(WorkCounters counters) {
        head(WorkerMetrics.SLICES);
        for (SliceOrigin origin : SliceOrigin.values()) {
            sample(WorkerMetrics.SLICES.name(), "origin", origin.text(), counters.slices(origin));
        }
        head(WorkerMetrics.SLICE_SECONDS);
        long below = 0;
        long[] buckets = counters.sliceBuckets();
        for (int i = 0; i < buckets.length; i++) {
            below += buckets[i];
            String limit = i < WorkCounters.SLICE_BUCKETS.size()
                    ? WorkCounters.SLICE_BUCKETS.get(i).toString()
                    : "+Inf";
            sample(WorkerMetrics.SLICE_SECONDS.name() + "_bucket", "le", limit, below);
        }
        sample(WorkerMetrics.SLICE_SECONDS.name() + "_sum", counters.sliceSeconds());
        sample(WorkerMetrics.SLICE_SECONDS.name() + "_count", below);
        value(WorkerMetrics.READ_SECONDS, counters.readSeconds());
        value(WorkerMetrics.READ_BYTES, counters.readBytes());
        value(WorkerMetrics.FETCHING, counters.fetchingBytes());
        head(WorkerMetrics.RETRIES);
        for (RetriedService service : RetriedService.values()) {
            sample(WorkerMetrics.RETRIES.name(), "service", service.text(), counters.retries(service));
        }
        value(WorkerMetrics.SPILLS, counters.spillFiles());
        value(WorkerMetrics.SPILL_BYTES, counters.spillBytes());
        value(WorkerMetrics.WRITE_SECONDS, counters.ledgerSeconds());
    }

    /** Adds metrics of the machine under the names that Prometheus' Java client gives them. */
    private void addMachine() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        head("jvm_memory_bytes_used", "gauge", "Used bytes of a memory area of the Java virtual machine.");
        sample("jvm_memory_bytes_used", "area", "heap", heap.getUsed());
        sample("jvm_memory_bytes_used", "area", "nonheap", other.getUsed());
        head(
                "jvm_memory_bytes_max",
                "gauge",
                "Maximum bytes of a memory area of the Java virtual machine, -1 if unlimited.");
        sample("jvm_memory_bytes_max", "area", "heap", heap.getMax());
        sample("jvm_memory_bytes_max", "area", "nonheap", other.getMax());
        head("jvm_gc_collection_seconds_total", "counter", "Time spent in a garbage collector.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            sample(
                    "jvm_gc_collection_seconds_total",
                    "gc",
                    collector.getName(),
                    collector.getCollectionTime() / 1000.0);
        }
        head("jvm_threads_current", "gauge", "Platform threads.");
        sample("jvm_threads_current", ManagementFactory.getThreadMXBean().getThreadCount());
        head("process_cpu_seconds_total", "counter", "CPU time of the process in seconds.");
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(time -> sample("process_cpu_seconds_total", time.toNanos() / 1e9));
        head("process_start_time_seconds", "gauge", "Start of the process since 1970 in seconds.");
        sample(
                "process_start_time_seconds",
                ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
    }

    private void head(MetricDefinition metric) {
        head(metric.name(), metric.kind().name().toLowerCase(Locale.ROOT), metric.help());
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void value(MetricDefinition metric, double value) {
        head(metric);
        sample(metric.name(), value);
    }

    private void value(MetricDefinition metric, long value) {
        head(metric);
        sample(metric.name(), value);
    }

    private void sample(String name, double value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private void sample(String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }

    private void sample(String name, String label, String labelValue, double value) {
        sample(name + "{" + label + "=\"" + labelValue + "\"}", value);
    }

    private void sample(String name, String label, String labelValue, long value) {
        sample(name + "{" + label + "=\"" + labelValue + "\"}", value);
    }
}
