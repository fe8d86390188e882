package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.filejob.job.Coverage;
import io.filejob.job.Plan;
import io.filejob.model.FileJob;
import io.filejob.model.JobFailure;
import io.filejob.operator.api.FileJobResource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision about a FileJob is made from.
 *
 * @param resource the FileJob as it stands
 * @param planned what it says, or why it cannot be done
 * @param child its Job, once there is one
 * @param pods the pods of that Job
 * @param warnings what Kubernetes has to say about a Job without pods, or a pod without volumes
 * @param covered what its workers have finished
 * @param predecessors the Jobs that it had before
 * @param refused what the API server has refused at the last try
 * @param now when this was seen
 */
public record Observation(
        FileJobResource resource,
        Planned planned,
        @Nullable Job child,
        List<Pod> pods,
        List<Event> warnings,
        Covered covered,
        Predecessors predecessors,
        @Nullable Refused refused,
        Instant now) {

    /**
     * The manifest and its plan, or why it is refused; neither plan nor refusal is there before a worker has listed the
     * input files. The manifest is missing if it cannot even be read.
     */
    public record Planned(
            @Nullable FileJob manifest,
            @Nullable Plan plan,
            @Nullable JobFailure refusal) {}

    /** The union of the ledgers, or why there is none; both are missing before there is a plan. */
    public record Covered(
            @Nullable Coverage coverage, @Nullable JobFailure failure) {
        static final Covered NOTHING = new Covered(null, null);
    }

    /** The plan of a job that has one. */
    public Plan plan() {
        return Objects.requireNonNull(planned.plan());
    }

    /** The manifest of a job whose manifest can be read. */
    public FileJob manifest() {
        return Objects.requireNonNull(planned.manifest());
    }

    /** Whether a worker is working, or will when it has started. */
    public boolean hasWorkers() {
        return pods.stream().anyMatch(PodStates::isAlive);
    }

    /** Whether all workers that are left are on nodes that do not report, so that the Job cannot replace them. */
    public boolean isStranded() {
        return !hasWorkers() && pods.stream().anyMatch(pod -> PodStates.isLost(pod, now));
    }

    /** What has been finished, if that is known. */
    public @Nullable Coverage coverage() {
        return covered.coverage();
    }
}
