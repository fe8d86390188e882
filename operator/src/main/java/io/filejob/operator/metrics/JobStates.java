package io.filejob.operator.metrics;

import io.filejob.metrics.JobMetrics;
import io.filejob.metrics.MetricDefinition;
import io.filejob.operator.api.Phases;
import io.filejob.operator.observe.Observation;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.status.RowCounts;
import io.prometheus.client.Collector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The current state of all FileJobs: their numbers, and series of their own for those that have not ended, the oldest
 * ones if there are many. Safe to use from any thread.
 */
final class JobStates extends Collector {
    private final Map<String, JobState> states = new ConcurrentHashMap<>();
    private final int limit;

    JobStates() {
        this(JobMetrics.MAX_JOBS);
    }

    /** Creates states with at most {@code limit} jobs that have series of their own. */
    JobStates(int limit) {
        this.limit = limit;
    }

    private record PhaseGroup(String namespace, String operation, String phase) {}

    private record JobState(
            PhaseGroup group,
            String name,
            String uid,
            boolean isOver,
            boolean isWaiting,
            long created,
            long progress,
            int wanted,
            int active,
            int planned,
            int done,
            RowCounts rows) {}

    /** Replaces the state of a job. */
    void update(Observation seen, FileJobStatus next, String namespace, String operation, boolean hasStarted) {
        String uid = seen.resource().getMetadata().getUid();
        String phase = text(next.phase());
        int done = next.slices() == null ? 0 : next.slices().done();
        JobState before = states.get(uid);
        boolean isProgress = before == null
                || before.done() != done
                || !before.group().phase().equals(phase);
        long progress = before == null || isProgress ? seen.now().getEpochSecond() : before.progress();
        boolean isSuspended = seen.resource().getSpec().suspend();
        JobState now = new JobState(
                new PhaseGroup(namespace, operation, phase),
                seen.resource().getMetadata().getName(),
                uid,
                Phases.isTerminal(next),
                !hasStarted && !isSuspended && !Phases.isTerminal(next),
                Instant.parse(seen.resource().getMetadata().getCreationTimestamp())
                        .getEpochSecond(),
                next.phase() == Phase.SUSPENDED ? 0 : Math.max(1, progress),
                seen.resource().getSpec().workers(),
                Objects.requireNonNullElse(next.workers(), 0),
                next.slices() == null ? 0 : next.slices().total(),
                done,
                Objects.requireNonNullElse(next.rows(), RowCounts.NONE));
        states.put(uid, now);
    }

    /** Returns the phase as it is in a status. */
    private static String text(Phase phase) {
        return phase.name().charAt(0) + phase.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        states.keySet().retainAll(uids);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Map<PhaseGroup, Integer> counts = new TreeMap<>(Comparator.comparing(PhaseGroup::namespace)
                .thenComparing(PhaseGroup::operation)
                .thenComparing(PhaseGroup::phase));
        states.values().forEach(state -> counts.merge(state.group(), 1, Integer::sum));
        Samples samples = new Samples();
        counts.forEach((group, count) ->
                samples.add(JobMetrics.JOBS, count, group.namespace(), group.operation(), group.phase()));
        states.values().stream()
                .filter(state -> !state.isOver())
                .sorted(Comparator.comparingLong(JobState::created).thenComparing(JobState::uid))
                .limit(limit)
                .forEach(state -> add(state, samples));
        return samples.families();
    }

    private static void add(JobState state, Samples samples) {
        String uid = state.uid();
        samples.add(JobMetrics.INFO, 1, state.group().namespace(), state.group().operation(), state.name(), uid);
        samples.add(JobMetrics.JOB_SLICES, state.planned(), uid, "planned");
        samples.add(JobMetrics.JOB_SLICES, state.done(), uid, "done");
        samples.add(JobMetrics.JOB_ROWS, (double) state.rows().used(), uid, "used");
        samples.add(JobMetrics.JOB_ROWS, (double) state.rows().rejected(), uid, "rejected");
        samples.add(JobMetrics.JOB_WORKERS, state.wanted(), uid, "wanted");
        samples.add(JobMetrics.JOB_WORKERS, state.active(), uid, "active");
        samples.add(JobMetrics.JOB_CREATED, (double) state.created(), uid);
        samples.add(JobMetrics.JOB_PROGRESS, (double) state.progress(), uid);
        samples.add(JobMetrics.JOB_WAITING, state.isWaiting() ? 1 : 0, uid);
    }

    /** The samples of all metrics; a metric without samples is contained, too. */
    private static final class Samples {
        private final Map<MetricDefinition, List<MetricFamilySamples.Sample>> byMetric = new LinkedHashMap<>();

        Samples() {
            List.of(
                            JobMetrics.JOBS,
                            JobMetrics.INFO,
                            JobMetrics.JOB_SLICES,
                            JobMetrics.JOB_ROWS,
                            JobMetrics.JOB_WORKERS,
                            JobMetrics.JOB_CREATED,
                            JobMetrics.JOB_PROGRESS,
                            JobMetrics.JOB_WAITING)
                    .forEach(metric -> byMetric.put(metric, new ArrayList<>()));
        }

        void add(MetricDefinition metric, double value, String... labels) {
            Objects.requireNonNull(byMetric.get(metric)).add(Meters.sample(metric, value, labels));
        }

        List<MetricFamilySamples> families() {
            return byMetric.entrySet().stream()
                    .map(entry -> Meters.family(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
