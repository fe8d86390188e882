package io.filejob.metrics;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes metrics in Prometheus' text format, version 0.0.4. For one thread. */
public final class MetricsWriter {
    /** The media type of the format. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /** Returns the metrics that have been added. */
    public String text() {
        return text.toString();
    }

    /** Adds metrics of the machine under the names that Prometheus' Java client gives them. */
    public void addMachine() {
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

    /** Begins a metric; its samples follow. */
    public void head(MetricDefinition metric) {
        head(metric.name(), metric.kind().name().toLowerCase(Locale.ROOT), metric.help());
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** Adds a metric without labels. */
    public void value(MetricDefinition metric, double value) {
        head(metric);
        sample(metric.name(), value);
    }

    /** Adds a metric without labels. */
    public void value(MetricDefinition metric, long value) {
        head(metric);
        sample(metric.name(), value);
    }

    /** Adds the series of a histogram: {@code counts} are those of each bucket alone, the last of larger values. */
    public void histogram(MetricDefinition metric, List<String> labels, long[] counts, double sum) {
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            String limit = i < metric.buckets().size() ? metric.buckets().get(i).toString() : "+Inf";
            text.append(metric.name()).append("_bucket");
            labels(metric, labels, limit);
            text.append(' ').append(below).append('\n');
        }
        text.append(metric.name()).append("_sum");
        labels(metric, labels, null);
        text.append(' ').append(sum).append('\n');
        text.append(metric.name()).append("_count");
        labels(metric, labels, null);
        text.append(' ').append(below).append('\n');
    }

    /** Adds a sample with values of all labels of {@code metric}, which must not contain quotes or backslashes. */
    public void sample(MetricDefinition metric, List<String> labels, long value) {
        text.append(metric.name());
        labels(metric, labels, null);
        text.append(' ').append(value).append('\n');
    }

    /** Does the same for a value that is not a whole number. */
    public void sample(MetricDefinition metric, List<String> labels, double value) {
        text.append(metric.name());
        labels(metric, labels, null);
        text.append(' ').append(value).append('\n');
    }

    private void labels(MetricDefinition metric, List<String> values, @Nullable String limit) {
        String separator = "{";
        for (int i = 0; i < values.size(); i++) {
            text.append(separator)
                    .append(metric.labels().get(i))
                    .append("=\"")
                    .append(values.get(i))
                    .append('"');
            separator = ",";
        }
        if (limit != null) {
            text.append(separator).append("le=\"").append(limit).append('"');
            separator = ",";
        }
        text.append(separator.equals("{") ? "" : "}");
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
