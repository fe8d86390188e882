package io.filejob.operator.metrics;

import io.filejob.cluster.WorkerReport;
import io.filejob.metrics.JobMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.util.List;

/** Counts the reports of workers beside their ledgers. Safe to use from any thread. */
final class LedgerMeters {
    private final Counter work;
    private final AddedHistogram sliceSeconds = new AddedHistogram(JobMetrics.SLICE_SECONDS);
    private final Counter retries;
    private final Counter spillBytes;
    private final Counter writes;
    private final Counter bytes;

    LedgerMeters(CollectorRegistry registry) {
        work = Meters.counter(JobMetrics.WORK, registry);
        registry.register(sliceSeconds);
        retries = Meters.counter(JobMetrics.RETRIES, registry);
        spillBytes = Meters.counter(JobMetrics.SPILL_BYTES, registry);
        writes = Meters.counter(JobMetrics.LEDGER_WRITES, registry);
        bytes = Meters.counter(JobMetrics.LEDGER_BYTES, registry);
    }

    /** Adds a report about a job in {@code namespace}. */
    void add(WorkerReport report, String namespace, String operation) {
        report.slices().forEach((origin, count) -> work.labels(namespace, operation, origin.text())
                .inc((double) count));
        report.retries().forEach((service, count) -> retries.labels(namespace, operation, service.text())
                .inc((double) count));
        sliceSeconds.add(List.of(namespace, operation), report.buckets(), report.sliceSeconds());
        spillBytes.labels(namespace, operation).inc((double) report.spillBytes());
        writes.labels(namespace, operation).inc((double) report.ledgerWrites());
        bytes.labels(namespace, operation).inc((double) report.ledgerBytes());
    }
}
