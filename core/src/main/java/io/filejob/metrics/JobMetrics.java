package io.filejob.metrics;

import java.util.List;

/**
 * The metrics of FileJobs, which the operator publishes: it knows them from statuses, ledgers and pods, so that pods that
 * live for seconds need not be scraped.
 */
public final class JobMetrics {
    /** Label: the namespace of the FileJob, or {@code other} after the first {@value #MAX_NAMESPACES}. */
    public static final String NAMESPACE = "namespace";
    /** Label: the name of the operation in manifests. */
    public static final String OPERATION = "operation";
    /** Label: the UID of the FileJob, which {@link #INFO} has together with its name. */
    public static final String JOB_UID = "job_uid";
    /** Maximum number of values of {@link #NAMESPACE}. */
    public static final int MAX_NAMESPACES = 200;
    /** Maximum number of unfinished FileJobs with time series of their own. */
    public static final int MAX_JOBS = 500;

    private static final String OUTCOME = "outcome";
    private static final String REASON = "reason";
    /** From a second to a day. */
    private static final List<Double> LONG = List.of(
            1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 14400.0, 43200.0, 86400.0);

    private static final MetricCatalog CATALOG = new MetricCatalog();

    /** FileJobs by phase. */
    public static final MetricDefinition JOBS =
            CATALOG.gauge("filejob_jobs", "FileJobs", "The existing FileJobs by phase.", NAMESPACE, OPERATION, "phase");

    /** Ended FileJobs. */
    public static final MetricDefinition FINISHED = CATALOG.counter(
            "filejob_jobs_finished_total",
            "FileJobs",
            "The FileJobs that have ended, by outcome (complete, failed).",
            NAMESPACE,
            OPERATION,
            OUTCOME);

    /** Failed FileJobs. */
    public static final MetricDefinition FAILURES = CATALOG.counter(
            "filejob_jobs_failed_total",
            "FileJobs",
            "The FileJobs that have failed, by the reason of their condition.",
            NAMESPACE,
            OPERATION,
            REASON);

    /** Time until the first worker runs. */
    public static final MetricDefinition QUEUED = CATALOG.seconds(
            "filejob_job_queued_seconds",
            LONG,
            "The time from the creation of a FileJob to the start of its first worker.",
            NAMESPACE,
            OPERATION);

    /** Time until the first slice is done. */
    public static final MetricDefinition FIRST_SLICE = CATALOG.seconds(
            "filejob_job_first_slice_seconds",
            LONG,
            "The time from the plan of a FileJob to its first finished slice, as the operator observes them.",
            NAMESPACE,
            OPERATION);

    /** Time of a job. */
    public static final MetricDefinition DURATION = CATALOG.seconds(
            "filejob_job_duration_seconds",
            LONG,
            "The time from the start of a FileJob to its end, by outcome (complete, failed).",
            NAMESPACE,
            OPERATION,
            OUTCOME);

    /** Finished slices. */
    public static final MetricDefinition SLICES = CATALOG.counter(
            "filejob_slices_total", "slices", "The finished slices, each counted once.", NAMESPACE, OPERATION);

    /** Time of a slice. */
    public static final MetricDefinition SLICE_SECONDS = CATALOG.seconds(
            "filejob_slice_seconds",
            WorkCounters.SLICE_BUCKETS,
            "The time that workers take for a slice, as they report it with their ledgers.",
            NAMESPACE,
            OPERATION);

    /** Slices that workers have processed. */
    public static final MetricDefinition WORK = CATALOG.counter(
            "filejob_slices_performed_total",
            "slices",
            "The slices that workers have processed, also repeatedly, by origin: of their own share (own), of another"
                    + " worker's (stolen), or again after a wrong guess of the first record (repeated).",
            NAMESPACE,
            OPERATION,
            "origin");

    /** Rows. */
    public static final MetricDefinition ROWS = CATALOG.counter(
            "filejob_rows_total",
            "rows",
            "The rows of finished slices, by outcome (used, rejected).",
            NAMESPACE,
            OPERATION,
            OUTCOME);

    /** Input bytes. */
    public static final MetricDefinition BYTES = CATALOG.counter(
            "filejob_input_bytes_total", "bytes", "The input bytes of finished slices.", NAMESPACE, OPERATION);

    /** Retries of workers. */
    public static final MetricDefinition RETRIES = CATALOG.counter(
            "filejob_retries_total",
            "requests",
            "The requests that workers have repeated, by service: " + RetriedService.names() + ".",
            NAMESPACE,
            OPERATION,
            "service");

    /** Files of partial results. */
    public static final MetricDefinition SPILL_BYTES = CATALOG.counter(
            "filejob_spill_bytes_total",
            "bytes",
            "The bytes of groups that did not fit into memory or a ledger and were written to spill files.",
            NAMESPACE,
            OPERATION);

    /** Deaths of workers. */
    public static final MetricDefinition DEATHS = CATALOG.counter(
            "filejob_worker_deaths_total",
            "pods",
            "The worker pods that have ended before the job was done, by reason: OutOfMemory, Disrupted (evicted,"
                    + " preempted or deleted), Killed, Crashed, or the reason of their exit status.",
            NAMESPACE,
            OPERATION,
            REASON);

    /** Replaced Jobs. */
    public static final MetricDefinition REPLACED = CATALOG.counter(
            "filejob_worker_jobs_replaced_total",
            "Jobs",
            "The Jobs of workers that were replaced since they could not continue.",
            NAMESPACE,
            OPERATION);

    /** Writes of ledgers. */
    public static final MetricDefinition LEDGER_WRITES = CATALOG.counter(
            "filejob_ledger_writes_total", "writes", "The writes of ledgers by workers.", NAMESPACE, OPERATION);

    /** Bytes of ledgers. */
    public static final MetricDefinition LEDGER_BYTES = CATALOG.counter(
            "filejob_ledger_bytes_total",
            "bytes",
            "The bytes of ledgers that workers have written to the API server, packed.",
            NAMESPACE,
            OPERATION);

    /** Attempts of callbacks. */
    public static final MetricDefinition CALLBACKS = CATALOG.counter(
            "filejob_callback_attempts_total",
            "attempts",
            "The attempts to call the receiver of spec.callback, by outcome: the reason of the condition Notified.",
            NAMESPACE,
            OUTCOME);

    /** Images. */
    public static final MetricDefinition IMAGES = CATALOG.counter(
            "filejob_images_total",
            "images",
            "The images of complete FileJobs, by outcome (compressed, kept, failed).",
            NAMESPACE,
            OUTCOME);

    /** Bytes of images. */
    public static final MetricDefinition IMAGE_BYTES = CATALOG.counter(
            "filejob_image_bytes_total",
            "bytes",
            "The bytes of the images of complete FileJobs, by direction (in, out).",
            NAMESPACE,
            "direction");

    /** Rows of database tables. */
    public static final MetricDefinition TABLE_ROWS = CATALOG.counter(
            "filejob_table_rows_total",
            "rows",
            "The rows that complete FileJobs have loaded into tables, by outcome (inserted, updated, unchanged,"
                    + " ignored, superseded).",
            NAMESPACE,
            OUTCOME);

    /** Name and UID of unfinished jobs. */
    public static final MetricDefinition INFO = CATALOG.gauge(
            "filejob_job_info",
            "always 1",
            "The FileJobs that have not ended, at most " + MAX_JOBS + "; joins their names and the other series of"
                    + " filejob_job_* by job_uid.",
            NAMESPACE,
            OPERATION,
            "name",
            JOB_UID);

    /** Slices of unfinished jobs. */
    public static final MetricDefinition JOB_SLICES = CATALOG.gauge(
            "filejob_job_slices",
            "slices",
            "The slices of a FileJob that has not ended, by state (planned, done).",
            JOB_UID,
            "state");

    /** Rows of unfinished jobs. */
    public static final MetricDefinition JOB_ROWS = CATALOG.gauge(
            "filejob_job_rows",
            "rows",
            "The rows of a FileJob that has not ended, by outcome (used, rejected).",
            JOB_UID,
            OUTCOME);

    /** Workers of unfinished jobs. */
    public static final MetricDefinition JOB_WORKERS = CATALOG.gauge(
            "filejob_job_workers",
            "workers",
            "The workers of a FileJob that has not ended, by state: spec.workers (wanted), pods (active).",
            JOB_UID,
            "state");

    /** Creation of unfinished jobs. */
    public static final MetricDefinition JOB_CREATED = CATALOG.gauge(
            "filejob_job_created_timestamp_seconds",
            "seconds since 1970",
            "When a FileJob that has not ended was created.",
            JOB_UID);

    /** Progress of unfinished jobs. */
    public static final MetricDefinition JOB_PROGRESS = CATALOG.gauge(
            "filejob_job_last_progress_timestamp_seconds",
            "seconds since 1970",
            "When the operator last saw a slice of a FileJob done, or its phase change; 0 if the job is suspended.",
            JOB_UID);

    /** Whether an unfinished job still waits for a worker. */
    public static final MetricDefinition JOB_WAITING = CATALOG.gauge(
            "filejob_job_waiting",
            "0 or 1",
            "Whether a FileJob that has not ended and is not suspended by its user has not had a running worker yet.",
            JOB_UID);

    private JobMetrics() {}

    /** Returns all definitions in the order of the documentation. */
    public static List<MetricDefinition> all() {
        return CATALOG.all();
    }
}
