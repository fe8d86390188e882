package io.filejob.metrics;

import java.util.List;

/** The metrics of worker processes and of {@code filejob run --metrics-port}. */
public final class WorkerMetrics {
    private static final MetricCatalog CATALOG = new MetricCatalog();

    /** Slices. */
    public static final MetricDefinition SLICES = CATALOG.counter(
            "filejob_worker_slices_total",
            "slices",
            "The slices that this process has finished, by origin (own, stolen, repeated).",
            "origin");

    /** Time of a slice. */
    public static final MetricDefinition SLICE_SECONDS = CATALOG.seconds(
            "filejob_worker_slice_seconds", WorkCounters.SLICE_BUCKETS, "The time that a slice takes in this process.");

    /** Time of steps. */
    public static final MetricDefinition STEP_SECONDS = CATALOG.counter(
            "filejob_worker_step_seconds_total",
            "seconds",
            "The time of slices by step: read (waiting for input), parse, aggregate (or send to the database),"
                    + " parse_and_aggregate (both in one pass), merge (of partial results), write (of the result), and"
                    + " ledger (its writes).",
            "step");

    /** Bytes read. */
    public static final MetricDefinition READ_BYTES = CATALOG.counter(
            "filejob_worker_read_bytes_total", "bytes", "The bytes of input that were read, before decompression.");

    /** Bytes in flight. */
    public static final MetricDefinition FETCHING = CATALOG.gauge(
            "filejob_worker_fetching_bytes",
            "bytes",
            "The bytes of remote input that have been requested and not arrived.");

    /** Retries. */
    public static final MetricDefinition RETRIES = CATALOG.counter(
            "filejob_worker_retries_total",
            "requests",
            "The requests that were repeated, by service: " + RetriedService.names() + ".",
            "service");

    /** Spill files. */
    public static final MetricDefinition SPILLS =
            CATALOG.counter("filejob_worker_spill_files_total", "files", "The spill files written.");

    /** Bytes of spill files. */
    public static final MetricDefinition SPILL_BYTES =
            CATALOG.counter("filejob_worker_spill_bytes_total", "bytes", "The bytes of the spill files written.");

    private WorkerMetrics() {}

    /** Returns all definitions in the order of the documentation. */
    public static List<MetricDefinition> all() {
        return CATALOG.all();
    }
}
