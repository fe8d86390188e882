package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.api.FileJobResource;
import io.filejob.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The input of a decision about a FileJob.
 *
 * @param resource the FileJob in its current version
 * @param planned its manifest and plan, or the reason for a refusal
 * @param child its Job, null without one
 * @param pods the pods of that Job
 * @param warnings Kubernetes' warnings about a Job without pods, or a pod without volumes
 * @param covered the slices that its workers have finished
 * @param predecessors its replaced Jobs
 * @param refused the API server's rejection of the last attempt, null if it succeeded
 * @param callback the attempts to call the receiver of a job that has ended
 * @param waits the reasons for which running workers wait, without duplicates
 * @param now the time of the observation
 */
public record Observation(
        FileJobResource resource,
        Planned planned,
        @Nullable Job child,
        List<Pod> pods,
        List<Event> warnings,
        Covered covered,
        Predecessors predecessors,
        @Nullable ApiRefusal refused,
        CallbackAttempts callback,
        List<String> waits,
        Instant now) {
    /** Creates an observation without attempts to call a receiver and without waits. */
    public Observation(
            FileJobResource resource,
            Planned planned,
            @Nullable Job child,
            List<Pod> pods,
            List<Event> warnings,
            Covered covered,
            Predecessors predecessors,
            @Nullable ApiRefusal refused,
            Instant now) {
        this(
                resource,
                planned,
                child,
                pods,
                warnings,
                covered,
                predecessors,
                refused,
                CallbackAttempts.NONE,
                List.of(),
                now);
    }

    /**
     * The manifest and its plan, or the reason for a refusal. Plan and refusal are both null until a worker has listed
     * the input files; the manifest is null if it cannot be read.
     */
    public record Planned(
            @Nullable FileJob manifest,
            @Nullable Plan plan,
            @Nullable JobFailedException refusal) {}

    /** The union of the ledgers, or the reason why they cannot be used. Both are null until there is a plan. */
    public record Covered(
            @Nullable Coverage coverage, @Nullable JobFailedException failure) {
        static final Covered NOTHING = new Covered(null, null);
    }

    /** Returns the plan of a job that has one. */
    public Plan plan() {
        return Objects.requireNonNull(planned.plan());
    }

    /** Returns the manifest of a job with a readable manifest. */
    public FileJob manifest() {
        return Objects.requireNonNull(planned.manifest());
    }

    /** Returns whether at least one worker is running or starting. */
    public boolean hasWorkers() {
        return pods.stream().anyMatch(PodStates::isAlive);
    }

    /** Returns whether a worker has ended because the whole job is committed and cleaned up; its pod may still run. */
    public boolean hasSucceededWorker() {
        return pods.stream().anyMatch(WorkerFailures::hasSucceeded);
    }

    /**
     * Returns whether the Job will create a pod for at least one worker that may still succeed: it has no pod, or its
     * last one was removed by Kubernetes, crashed, or missed a service.
     */
    public boolean awaitsWorkers() {
        if (child == null || child.getSpec().getCompletions() == null) {
            return false;
        }
        Set<String> others = pods.stream()
                .filter(pod -> !PodStates.isDisrupted(pod) && !PodStates.hasEnded(pod))
                .map(WorkerFailures::worker)
                .collect(Collectors.toSet());
        others.addAll(new WorkerFailures(pods).localFailures());
        return IntStream.range(0, child.getSpec().getCompletions())
                .anyMatch(index -> !others.contains(Integer.toString(index)));
    }

    /** Returns whether all remaining workers are on nodes that do not respond, so that the Job cannot replace them. */
    public boolean isStranded() {
        return !hasWorkers() && pods.stream().anyMatch(pod -> PodStates.isLost(pod, now));
    }

    /** Returns whether everything is ready for the redrive {@code request}: its beginning is recorded, and the Job gone. */
    public boolean canBeRedriven(String request) {
        return child == null && request.equals(predecessors.redrive());
    }

    /** Returns the finished slices, or null if they are not known. */
    public @Nullable Coverage coverage() {
        return covered.coverage();
    }
}
