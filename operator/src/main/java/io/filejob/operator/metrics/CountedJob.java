package io.filejob.operator.metrics;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.WorkerReport;
import io.filejob.coverage.Coverage;
import io.filejob.operator.api.Phases;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.WorkerPods;
import io.filejob.status.FileJobStatus;
import io.filejob.status.RowCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The progress of a FileJob that has been counted. For one thread at a time. */
final class CountedJob {
    boolean isKnown;
    boolean hasStarted;
    boolean hasFirstSlice;
    boolean hasEnded;
    int slices;
    int replaced;
    int callbacks;
    long bytes;
    RowCounts rows = RowCounts.NONE;
    /** The UIDs of pods. */
    final Set<String> deaths = new HashSet<>();
    /** The last report of each ledger's ConfigMap, by its UID. */
    private final Map<String, WorkerReport> reports = new HashMap<>();

    /** Marks everything in {@code seen} as counted, of a job that another process has begun. */
    void skip(Observation seen, Stream<ConfigMap> ledgers) {
        FileJobStatus before = Objects.requireNonNull(seen.resource().getStatus());
        slices = before.slices() == null ? 0 : before.slices().done();
        hasFirstSlice = slices > 0;
        hasStarted = slices > 0 || WorkerPods.firstStart(seen.pods()).isPresent();
        hasEnded = Phases.isTerminal(before);
        rows = Objects.requireNonNullElse(before.rows(), RowCounts.NONE);
        callbacks = before.callback() == null ? 0 : before.callback().attempts();
        replaced = seen.predecessors().count();
        Coverage coverage = seen.coverage();
        bytes = coverage == null ? 0 : coverage.bytes();
        deaths.addAll(WorkerPods.deaths(seen.pods()).keySet());
        ledgers.forEach(this::report);
    }

    /** Returns the difference of the report beside a ledger to the one before. */
    WorkerReport report(ConfigMap ledger) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(ledger.getMetadata().getAnnotations(), Map.of());
        String uid = ledger.getMetadata().getUid();
        WorkerReport before = reports.getOrDefault(uid, WorkerReport.NONE);
        WorkerReport now =
                WorkerReport.parse(annotations.get(ClusterNames.REPORT)).orElse(before);
        reports.put(uid, now);
        return now.since(before);
    }
}
