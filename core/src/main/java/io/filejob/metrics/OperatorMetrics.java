package io.filejob.metrics;

import java.util.List;

/** The metrics of the operator itself. */
public final class OperatorMetrics {
    private static final List<Double> SHORT =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0);

    private static final MetricCatalog CATALOG = new MetricCatalog();

    /** Whether this replica leads. */
    public static final MetricDefinition LEADER = CATALOG.gauge(
            "filejob_operator_leader", "0 or 1", "Whether this replica is the leader, which reconciles FileJobs.");

    /** Age of the canary. */
    public static final MetricDefinition CANARY = CATALOG.gauge(
            "filejob_operator_canary_age_seconds",
            "seconds",
            "The time since the last change of the canary FileJob arrived through the watch; of the leader only.");

    /** Time of reconciliations. */
    public static final MetricDefinition RECONCILE = CATALOG.seconds(
            "filejob_operator_reconcile_seconds",
            SHORT,
            "The time of a reconciliation of a FileJob, by outcome: done, postponed (for memory), or error.",
            "outcome");

    /** Reconciliations that run. */
    public static final MetricDefinition RECONCILING =
            CATALOG.gauge("filejob_operator_reconciling", "reconciliations", "The reconciliations that are running.");

    /** Unfinished jobs. */
    public static final MetricDefinition UNFINISHED = CATALOG.gauge(
            "filejob_operator_unfinished_jobs", "FileJobs", "The FileJobs that are reconciled every few seconds.");

    /** The longest time without a reconciliation. */
    public static final MetricDefinition LAG = CATALOG.gauge(
            "filejob_operator_reconcile_lag_seconds",
            "seconds",
            "The longest time that one of the unfinished FileJobs has not been reconciled.");

    /** FileJobs that wait for memory. */
    public static final MetricDefinition WAITING = CATALOG.gauge(
            "filejob_operator_waiting_for_memory_jobs",
            "FileJobs",
            "The FileJobs whose ledgers wait for the operator's memory.");

    /** Objects in the caches. */
    public static final MetricDefinition OBJECTS = CATALOG.gauge(
            "filejob_operator_objects",
            "objects",
            "The objects of FileJobs in the cluster, as far as this operator watches them, by kind.",
            "kind");

    /** Requests to the API server. */
    public static final MetricDefinition API = CATALOG.counter(
            "filejob_operator_api_requests_total",
            "requests",
            "The responses of the API server, by method, resource and status code (0 if there was none); watches count once.",
            "method",
            "resource",
            "code");

    private OperatorMetrics() {}

    /** Returns all definitions in the order of the documentation. */
    public static List<MetricDefinition> all() {
        return CATALOG.all();
    }
}
