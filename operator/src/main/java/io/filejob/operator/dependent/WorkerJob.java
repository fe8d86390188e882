package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Finished;
import io.filejob.operator.api.JobSuspension;
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.ExitPolicy;
import io.filejob.operator.status.Decision;
import io.filejob.storage.ClusterNames;
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
 * The child: an Indexed Job with one pod a worker. A worker's exit status 0 says that the whole job is committed, so the
 * first one ends the Job. Only parallelism, completions and suspend ever change.
 */
@ApplicationScoped
public class WorkerJob extends CRUDKubernetesDependentResource<Job, FileJobResource> {
    /** How often a worker is started again whatever it dies of; a slice that kills three ends the job before. */
    private static final int RESTARTS = 5;

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
                .withBackoffLimitPerIndex(RESTARTS)
                .withActiveDeadlineSeconds(job.getSpec().activeDeadlineSeconds())
                .withSuspend(Names.queue(job) != null || shouldRest(job, context))
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(Names.CONTAINER)
                .withOperator("In")
                .withValues(ExitPolicy.ending())
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

    /**
     * No workers are needed now: the FileJob is suspended, or it has failed, or it is complete and some pods have not ended
     * by themselves, for example because of a sidecar.
     */
    private static boolean shouldRest(FileJobResource job, Context<FileJobResource> context) {
        return job.getSpec().suspend()
                || Finished.hasFailed(Decision.in(context).status())
                || Decision.in(context).isOverdue();
    }

    /** With how many pods its queue may start it, as the FileJob's annotation says; all are as good as no annotation. */
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

    /** How many pods there are to be. A queue that has admitted a Job has reckoned with as many as it has. */
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
            // Refused if it has just been admitted; and the least of a smaller width may be all of it.
            Map<String, Object> metadata = new HashMap<>();
            metadata.put("resourceVersion", actual.getMetadata().getResourceVersion());
            Map<String, @Nullable String> annotations = new HashMap<>();
            annotations.put(Names.MIN_PARALLELISM, least(job).orElse(null));
            metadata.put("annotations", annotations);
            change.put("metadata", metadata);
        }
        return change;
    }

    /** Whether the Job has ended, one way or the other, and its pods with it. */
    public static boolean isFinished(Job job) {
        return job.getStatus() != null
                && job.getStatus().getConditions() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(condition -> List.of("Complete", "Failed").contains(condition.getType())
                                && condition.getStatus().equals("True"));
    }
}
