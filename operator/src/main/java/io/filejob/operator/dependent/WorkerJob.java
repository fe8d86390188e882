package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJobSpec;
import io.filejob.cluster.ClusterNames;
import io.filejob.failure.FailureReason;
import io.filejob.operation.JobOperation;
import io.filejob.operation.OperationType;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.JobSuspension;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.operator.status.Decision;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The child Job: an Indexed Job with one pod per worker. A worker exits with status 0 only when the whole job is
 * committed, so the first success completes the Job. Only parallelism, completions and suspend ever change.
 */
@ApplicationScoped
public class WorkerJob extends CRUDKubernetesDependentResource<Job, FileJobResource> {
    /** Maximum number of restarts of a worker for any cause; a slice that kills three workers fails the job earlier. */
    private static final int RESTARTS = 5;
    /** The same for operations that use native code: two restarts for each item that crashes it. */
    private static final int RESTARTS_NATIVE = 20;

    private final OperatorSettings settings;

    WorkerJob(OperatorSettings settings) {
        super(Job.class);
        this.settings = settings;
    }

    @Override
    protected Job desired(FileJobResource job, Context<FileJobResource> context) {
        Map<String, String> labels = Suspension.labels(
                Names.labels(job, ClusterNames.ROLE_WORKER),
                Objects.requireNonNullElse(job.getMetadata().getLabels(), Map.of()));
        int workers = job.getSpec().workers();
        Map<String, String> annotations = new HashMap<>();
        annotations.put(JobSuspension.BY_OPERATOR, Boolean.toString(shouldRest(job, context)));
        least(job).ifPresent(least -> annotations.put(Names.MIN_PARALLELISM, least));
        return new JobBuilder()
                .withNewMetadata()
                .withName(Names.base(job))
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(labels)
                .withOwnerReferences(Names.owner(job))
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withCompletionMode("Indexed")
                .withCompletions(workers)
                .withParallelism(workers)
                .withBackoffLimitPerIndex(restarts(job.getSpec()))
                .withActiveDeadlineSeconds(job.getSpec().activeDeadlineSeconds())
                .withSuspend(Names.queue(job) != null || shouldRest(job, context))
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(Names.CONTAINER)
                .withOperator("In")
                .withValues(FailureReason.endingExitCodes())
                .endOnExitCodes()
                .endRule()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .endPodFailurePolicy()
                .withNewSuccessPolicy()
                .addNewRule()
                .withSucceededCount(1)
                .endRule()
                .endSuccessPolicy()
                .withTemplate(PodTemplate.of(job, settings))
                .endSpec()
                .build();
    }

    private static int restarts(FileJobSpec spec) {
        return JobOperation.of(spec).type().memoryUse() == OperationType.MemoryUse.NATIVE ? RESTARTS_NATIVE : RESTARTS;
    }

    /**
     * Returns whether no workers are needed: the FileJob is suspended, or has failed, or is complete while some pods
     * have not ended by themselves, for example because of a sidecar.
     */
    private static boolean shouldRest(FileJobResource job, Context<FileJobResource> context) {
        return job.getSpec().suspend()
                || Phases.hasFailed(Decision.in(context).status())
                || Decision.in(context).isOverdue();
    }

    /**
     * Returns the minimum number of pods from the FileJob's annotation; empty if it is not below the number of workers,
     * which means the same as no annotation.
     */
    private static Optional<String> least(FileJobResource job) {
        return Optional.ofNullable(job.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Names.MIN_PARALLELISM))
                .filter(least -> !least.matches("[0-9]{1,9}")
                        || Integer.parseInt(least) < job.getSpec().workers());
    }

    @Override
    public Matcher.Result<Job> match(Job actual, Job desired, FileJobResource job, Context<FileJobResource> context) {
        boolean matches = isFinished(actual)
                || (!Suspension.isDue(actual, shouldRest(job, context))
                        && width(actual, job).isEmpty());
        return Matcher.Result.computed(matches, desired);
    }

    @Override
    public Job update(Job actual, Job desired, FileJobResource job, Context<FileJobResource> context) {
        boolean rest = shouldRest(job, context);
        Job now = actual;
        if (Suspension.isDue(actual, rest)) {
            now = patch(now, Suspension.change(actual, rest, context.getClient()), context);
        }
        return patch(now, width(now, job), context);
    }

    private static Job patch(Job actual, Map<String, Object> change, Context<FileJobResource> context) {
        return change.isEmpty()
                ? actual
                : context.getClient()
                        .resource(actual)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(change));
    }

    /**
     * Returns the patch of parallelism and completions, empty if they are right. An admitted Job keeps its width, since
     * its queue has reserved resources for it.
     */
    private static Map<String, Object> width(Job actual, FileJobResource job) {
        JobSpec spec = actual.getSpec();
        Integer workers = job.getSpec().workers();
        boolean isAdmitted = JobSuspension.isQueued(actual) && !JobSuspension.isSuspended(actual);
        if (isAdmitted
                || (Objects.equals(spec.getParallelism(), workers) && Objects.equals(spec.getCompletions(), workers))) {
            return Map.of();
        }
        Map<String, Object> change = new HashMap<>();
        change.put("spec", Map.of("parallelism", workers, "completions", workers));
        if (JobSuspension.isQueued(actual)) {
            // The resource version makes the patch fail if the Job has just been admitted. The minimum is dropped if it
            // is not below the new number of workers.
            Map<String, Object> metadata = new HashMap<>();
            metadata.put("resourceVersion", actual.getMetadata().getResourceVersion());
            Map<String, @Nullable String> annotations = new HashMap<>();
            annotations.put(Names.MIN_PARALLELISM, least(job).orElse(null));
            metadata.put("annotations", annotations);
            change.put("metadata", metadata);
        }
        return change;
    }

    /** Returns whether the Job is complete or failed, and all of its pods have ended. */
    public static boolean isFinished(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> List.of("Complete", "Failed").contains(condition.getType())
                                && condition.getStatus().equals("True"));
    }
}
