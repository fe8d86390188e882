package io.filejob.metrics;

import java.util.List;

/** The metrics of the service: its API and pages. */
public final class ServiceMetrics {
    /** Maximum number of different values of the label {@code route}; others are counted as {@code other}. */
    public static final int MAX_ROUTES = 100;

    private static final List<Double> REQUEST_BUCKETS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0, 600.0);

    private static final String ROUTE = "route";

    private static final MetricCatalog CATALOG = new MetricCatalog();

    /** Requests. */
    public static final MetricDefinition REQUESTS = CATALOG.counter(
            "filejob_service_requests_total",
            "requests",
            "The requests that have been responded to, by method, route (the path with * for names; at most "
                    + MAX_ROUTES + ", then other) and status code.",
            "method",
            ROUTE,
            "code");

    /** Time of requests. */
    public static final MetricDefinition REQUEST_SECONDS = CATALOG.seconds(
            "filejob_service_request_seconds",
            REQUEST_BUCKETS,
            "The time from the head of a request to the end of its response, with the bodies of both; without streams of"
                    + " events.",
            ROUTE);

    /** Received bytes. */
    public static final MetricDefinition RECEIVED = CATALOG.counter(
            "filejob_service_received_bytes_total", "bytes", "The bytes of uploads that have been received.");

    /** Sent bytes. */
    public static final MetricDefinition SENT = CATALOG.counter(
            "filejob_service_sent_bytes_total", "bytes", "The bytes of bodies of responses that have been sent.");

    /** Streams. */
    public static final MetricDefinition STREAMS =
            CATALOG.gauge("filejob_service_open_streams", "streams", "The streams of events that are open.");

    /** Jobs on this machine. */
    public static final MetricDefinition JOBS = CATALOG.gauge(
            "filejob_service_jobs",
            "jobs",
            "The jobs on this machine by state (queued, running); none in a cluster, where the operator knows them.",
            "state");

    /** Sweeps. */
    public static final MetricDefinition SWEEPS = CATALOG.counter(
            "filejob_service_sweeps_total",
            "sweeps",
            "The searches for expired uploads and results, by outcome (done, failed).",
            "outcome");

    /** Expired files. */
    public static final MetricDefinition EXPIRED = CATALOG.counter(
            "filejob_service_expired_files_total",
            "files",
            "The expired uploads and results, by change: deleted, renewed (a job uses them), kept (jobs cannot be listed) or"
                    + " failed.",
            "change");

    private ServiceMetrics() {}

    /** Returns all definitions in the order of the documentation. */
    public static List<MetricDefinition> all() {
        return CATALOG.all();
    }
}
