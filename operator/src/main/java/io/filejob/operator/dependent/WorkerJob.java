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
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.ExitPolicy;
import io.filejob.operator.status.Decision;
import io.filejob.storage.ClusterNames;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.Matcher;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The child: an Indexed Job with one pod a worker. A worker's exit status 0 says that the whole job is committed, so the
 * first one ends the Job. Only parallelism, completions and suspend ever change.
 */
@ApplicationScoped
@KubernetesDependent(informer = @Informer(labelSelector = ClusterNames.ROLE + "=" + ClusterNames.ROLE_WORKER))
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
        Map<String, String> labels = new HashMap<>(Names.labels(job, ClusterNames.ROLE_WORKER));
        String queue = Names.queue(job);
        if (queue != null) {
            labels.put(Names.QUEUE, queue);
        }
        int workers = job.getSpec().workers();
        return new JobBuilder()
                .withNewMetadata()
                .withName(Names.base(job))
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(labels)
                .withOwnerReferences(Names.owner(job))
                .endMetadata()
                .withNewSpec()
                .withCompletionMode("Indexed")
                .withCompletions(workers)
                .withParallelism(workers)
                .withBackoffLimitPerIndex(RESTARTS)
                .withActiveDeadlineSeconds(job.getSpec().activeDeadlineSeconds())
                .withSuspend(queue != null || shouldRest(job, context))
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

    @Override
    public Matcher.Result<Job> match(Job actual, Job desired, FileJobResource job, Context<FileJobResource> context) {
        return Matcher.Result.computed(changes(actual, job, context).isEmpty(), desired);
    }

    @Override
    public Job update(Job actual, Job desired, FileJobResource job, Context<FileJobResource> context) {
        return context.getClient()
                .resource(actual)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("spec", changes(actual, job, context))));
    }

    private static Map<String, Object> changes(Job actual, FileJobResource job, Context<FileJobResource> context) {
        Map<String, Object> changes = new HashMap<>();
        JobSpec spec = actual.getSpec();
        if (isFinished(actual)) {
            return changes;
        }
        boolean rests = Boolean.TRUE.equals(spec.getSuspend());
        if (Names.queue(job) != null) {
            if (shouldRest(job, context) && !rests) {
                changes.put("suspend", true);
            }
            return changes;
        }
        if (rests != shouldRest(job, context)) {
            changes.put("suspend", !rests);
        }
        Integer workers = job.getSpec().workers();
        if (!Objects.equals(spec.getParallelism(), workers) || !Objects.equals(spec.getCompletions(), workers)) {
            changes.put("parallelism", workers);
            changes.put("completions", workers);
        }
        return changes;
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
