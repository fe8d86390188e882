package io.filejob.operator.metrics;

import static io.filejob.operator.metrics.JobLabels.operation;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.callback.CallbackMessage;
import io.filejob.callback.CallbackOutcome;
import io.filejob.coverage.Coverage;
import io.filejob.metrics.JobMetrics;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Phases;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.WorkerPods;
import io.filejob.status.CallbackStatus;
import io.filejob.status.Condition;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.status.RowCounts;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Counts the progress of FileJobs from each observation and its status, by the difference to the one before. What
 * happened before this process saw a job first is not counted, since another operator did. Safe to use from any thread,
 * by one thread at a time for a job.
 */
@ApplicationScoped
public class JobMeters {
    private static final String COMPLETE = "complete";
    private static final String FAILED = "failed";

    private final Counter finished;
    private final Counter failures;
    private final Histogram queued;
    private final Histogram firstSlice;
    private final Histogram duration;
    private final Counter slices;
    private final Counter rows;
    private final Counter bytes;
    private final Counter deaths;
    private final Counter replaced;
    private final Counter callbacks;
    private final ResultMeters results;
    private final LedgerMeters ledgers;
    private final JobStates states = new JobStates();
    private final JobLabels labels = new JobLabels();
    private final Map<String, CountedJob> jobs = new ConcurrentHashMap<>();

    JobMeters(CollectorRegistry registry) {
        finished = Meters.counter(JobMetrics.FINISHED, registry);
        failures = Meters.counter(JobMetrics.FAILURES, registry);
        queued = Meters.histogram(JobMetrics.QUEUED, registry);
        firstSlice = Meters.histogram(JobMetrics.FIRST_SLICE, registry);
        duration = Meters.histogram(JobMetrics.DURATION, registry);
        slices = Meters.counter(JobMetrics.SLICES, registry);
        rows = Meters.counter(JobMetrics.ROWS, registry);
        bytes = Meters.counter(JobMetrics.BYTES, registry);
        deaths = Meters.counter(JobMetrics.DEATHS, registry);
        replaced = Meters.counter(JobMetrics.REPLACED, registry);
        callbacks = Meters.counter(JobMetrics.CALLBACKS, registry);
        results = new ResultMeters(registry);
        ledgers = new LedgerMeters(registry);
        registry.register(states);
    }

    /**
     * Counts the changes in {@code seen} and its status {@code next}. {@code ledgers} has the metadata of the ledgers'
     * ConfigMaps.
     */
    public void observed(Observation seen, FileJobStatus next, Stream<ConfigMap> maps) {
        FileJobResource job = seen.resource();
        String uid = job.getMetadata().getUid();
        boolean isNew = job.getStatus() == null;
        CountedJob counted = jobs.computeIfAbsent(uid, _ -> new CountedJob());
        String namespace = labels.namespace(job);
        String operation = operation(job);
        if (!counted.isKnown) {
            counted.isKnown = true;
            begin(job, namespace, operation);
            if (!isNew) {
                counted.skip(seen, maps);
                states.update(seen, next, namespace, operation, counted.hasStarted);
                return;
            }
        }
        progress(seen, next, counted, namespace, operation);
        started(seen, next, counted, namespace, operation);
        // The workers of a job that is done are ended.
        WorkerPods.deaths(seen.pods()).forEach((pod, reason) -> {
            if (counted.deaths.add(pod) && next.phase() != Phase.COMPLETE) {
                deaths.labels(namespace, operation, reason).inc();
            }
        });
        int replacements = seen.predecessors().count();
        grow(replaced.labels(namespace, operation), counted.replaced, replacements);
        counted.replaced = Math.max(replacements, counted.replaced);
        maps.forEach(map -> ledgers.add(counted.report(map), namespace, operation));
        ended(next, counted, namespace, operation);
        called(next, counted, namespace);
        states.update(seen, next, namespace, operation, counted.hasStarted);
    }

    /** Creates the series that alerts compare with their earlier values, which are 0. */
    private void begin(FileJobResource job, String namespace, String operation) {
        finished.labels(namespace, operation, COMPLETE);
        finished.labels(namespace, operation, FAILED);
        WorkerPods.CAUSES.forEach(cause -> deaths.labels(namespace, operation, cause));
        if (job.getSpec().callback() != null) {
            for (CallbackOutcome outcome : CallbackOutcome.values()) {
                callbacks.labels(namespace, outcome.reason());
            }
        }
    }

    private void progress(
            Observation seen, FileJobStatus next, CountedJob counted, String namespace, String operation) {
        int done = next.slices() == null ? 0 : next.slices().done();
        if (counted.slices == 0 && done > 0 && !counted.hasFirstSlice) {
            counted.hasFirstSlice = true;
            condition(next, "Planned")
                    .map(planned -> Duration.between(Instant.parse(planned.lastTransitionTime()), seen.now()))
                    .ifPresent(time -> observe(firstSlice.labels(namespace, operation), time));
        }
        grow(slices.labels(namespace, operation), counted.slices, done);
        counted.slices = done;
        RowCounts now = Objects.requireNonNullElse(next.rows(), RowCounts.NONE);
        grow(rows.labels(namespace, operation, "used"), counted.rows.used(), now.used());
        grow(rows.labels(namespace, operation, "rejected"), counted.rows.rejected(), now.rejected());
        counted.rows = now;
        Coverage coverage = seen.coverage();
        if (coverage != null) {
            long read = coverage.bytes();
            grow(bytes.labels(namespace, operation), counted.bytes, read);
            counted.bytes = Math.max(read, counted.bytes);
        }
    }

    private void started(Observation seen, FileJobStatus next, CountedJob counted, String namespace, String operation) {
        boolean isAtWork = next.phase() == Phase.RUNNING || counted.slices > 0;
        if (counted.hasStarted) {
            return;
        }
        WorkerPods.firstStart(seen.pods())
                .or(() -> isAtWork ? Optional.of(seen.now()) : Optional.empty())
                .ifPresent(start -> {
                    counted.hasStarted = true;
                    String created = seen.resource().getMetadata().getCreationTimestamp();
                    observe(queued.labels(namespace, operation), Duration.between(Instant.parse(created), start));
                });
    }

    private void ended(FileJobStatus next, CountedJob counted, String namespace, String operation) {
        boolean isOver = Phases.isTerminal(next);
        if (isOver && !counted.hasEnded) {
            boolean complete = next.phase() == Phase.COMPLETE;
            String outcome = complete ? COMPLETE : FAILED;
            finished.labels(namespace, operation, outcome).inc();
            if (!complete) {
                String reason = condition(next, "Failed").map(Condition::reason).orElse(JobLabels.OTHER);
                failures.labels(namespace, operation, JobLabels.reason(reason)).inc();
            }
            if (next.startTime() != null && next.completionTime() != null) {
                observe(
                        duration.labels(namespace, operation, outcome),
                        Duration.between(Instant.parse(next.startTime()), Instant.parse(next.completionTime())));
            }
            if (complete && next.result() != null) {
                results.add(next.result(), namespace);
            }
        }
        counted.hasEnded = isOver;
    }

    private void called(FileJobStatus next, CountedJob counted, String namespace) {
        CallbackStatus callback = next.callback();
        int attempts = callback == null ? 0 : callback.attempts();
        if (attempts > counted.callbacks) {
            String outcome = condition(next, CallbackMessage.CONDITION)
                    .map(Condition::reason)
                    .orElse(JobLabels.OTHER);
            grow(callbacks.labels(namespace, outcome), counted.callbacks, attempts);
        }
        counted.callbacks = attempts;
    }

    private static Optional<Condition> condition(FileJobStatus status, String type) {
        return status.conditions().stream()
                .filter(each -> each.type().equals(type))
                .findFirst();
    }

    /** Adds an increase; a job that is redriven begins again with less. */
    private static void grow(Counter.Child counter, long before, long now) {
        counter.inc((double) Math.max(0, now - before));
    }

    /** Clocks of nodes and API server may differ. */
    private static void observe(Histogram.Child histogram, Duration time) {
        histogram.observe(Math.max(0, time.toMillis() / 1000.0));
    }

    /** Removes all jobs except those with these UIDs. */
    public void retain(Set<String> uids) {
        jobs.keySet().retainAll(uids);
        states.retain(uids);
    }
}
