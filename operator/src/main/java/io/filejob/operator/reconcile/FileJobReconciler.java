package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.LogFields;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Phases;
import io.filejob.operator.dependent.WorkerConfigMap;
import io.filejob.operator.dependent.WorkerJob;
import io.filejob.operator.health.Canary;
import io.filejob.operator.health.Heartbeats;
import io.filejob.operator.metrics.JobMeters;
import io.filejob.operator.metrics.OperatorMeters;
import io.filejob.operator.metrics.OperatorMeters.ReconcileOutcome;
import io.filejob.operator.observe.ApiRefusal;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Observer;
import io.filejob.operator.observe.PostponedException;
import io.filejob.operator.observe.WatchClient;
import io.filejob.operator.status.Decision;
import io.filejob.operator.status.StatusOf;
import io.filejob.operator.trace.JobTraces;
import io.filejob.status.FileJobStatus;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.MDC;

/**
 * Wires the operator: the watched resources, the created objects and their order. A reconciliation observes, decides (a
 * pure function), writes the status once, and then lets the dependents apply the decision.
 */
@ControllerConfiguration(
        name = FileJobReconciler.NAME,
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = RelevantUpdates.class))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
@RateLimited(maxReconciliations = 2, within = 1, unit = TimeUnit.SECONDS)
@Workflow(
        explicitInvocation = true,
        dependents = {
            @Dependent(
                    name = "job-config-map",
                    type = WorkerConfigMap.class,
                    useEventSourceWithName = FileJobReconciler.CONFIG_MAPS),
            @Dependent(
                    name = "worker-job",
                    type = WorkerJob.class,
                    dependsOn = "job-config-map",
                    useEventSourceWithName = FileJobReconciler.JOBS),
        })
public final class FileJobReconciler implements Reconciler<FileJobResource> {
    /** The controller's name. */
    public static final String NAME = "filejob";

    static final String CONFIG_MAPS = "config-maps";
    static final String JOBS = "jobs";
    private static final String WITH_PODS = ClusterNames.JOB_UID + "," + ClusterNames.ROLE + " in ("
            + ClusterNames.ROLE_WORKER + "," + ClusterNames.ROLE_CALLBACK + ")";
    private static final String PODS = "pods";
    /** Interval at which an unfinished job is reconciled if no event arrives. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(4);
    /** Above this number of unfinished jobs, the interval of each grows, so that the total load does not. */
    private static final int MANY_JOBS = 200;
    /** Well below the time after which a FileJob counts as stuck. */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(40);
    /** Objects per page of a list request. */
    private static final long PAGE = 200;

    /** Threads that may reconcile FileJobs of one namespace at a time; application.properties has the total. */
    private static final int MAX_PER_NAMESPACE = 6;
    /** Time for a change to arrive through the watch. */
    private static final Duration OUTDATED = Duration.ofMillis(500);

    private final WatchClient watches;
    private final KnownJobs known;
    private final Crowd crowd = new Crowd(MAX_PER_NAMESPACE);
    private final Observer observer;
    private final StatusWriter status;
    private final Redriving redriving;
    private final FinishedJobCleanup cleanUp;
    private final Callbacks callbacks;
    private final Heartbeats heartbeats;
    private final Canary canary;
    private final JobTraces traces;
    private final JobMeters jobMeters;
    private final OperatorMeters meters;

    FileJobReconciler(
            WatchClient watches,
            KnownJobs known,
            Observer observer,
            StatusWriter status,
            Redriving redriving,
            FinishedJobCleanup cleanUp,
            Callbacks callbacks,
            Heartbeats heartbeats,
            Canary canary,
            JobTraces traces,
            JobMeters jobMeters,
            OperatorMeters meters) {
        this.watches = watches;
        this.known = known;
        this.observer = observer;
        this.status = status;
        this.redriving = redriving;
        this.cleanUp = cleanUp;
        this.callbacks = callbacks;
        this.heartbeats = heartbeats;
        this.canary = canary;
        this.traces = traces;
        this.jobMeters = jobMeters;
        this.meters = meters;
    }

    @Override
    public List<EventSource<?, FileJobResource>> prepareEventSources(EventSourceContext<FileJobResource> context) {
        known.in(context.getPrimaryCache()::list);
        SimpleInboundEventSource<FileJobResource> memory = new SimpleInboundEventSource<>("memory");
        observer.whenCalled(memory::propagateEvent);
        InformerEventSource<ConfigMap, FileJobResource> maps = new InformerEventSource<>(
                watch(ConfigMap.class, ClusterNames.JOB_UID)
                        .withName(CONFIG_MAPS)
                        .build(),
                context);
        InformerEventSource<Job, FileJobResource> jobs = new InformerEventSource<>(
                watch(Job.class, WITH_PODS).withName(JOBS).build(), context);
        InformerEventSource<Pod, FileJobResource> pods = new InformerEventSource<>(
                watch(Pod.class, WITH_PODS)
                        .withName(PODS)
                        .withSecondaryToPrimaryMapper(FileJobReconciler::jobOf)
                        .build(),
                context);
        meters.objects(() -> Map.of(
                "FileJob", (int) context.getPrimaryCache().keys().count(),
                "ConfigMap", (int) maps.keys().count(),
                "Job", (int) jobs.keys().count(),
                "Pod", (int) pods.keys().count()));
        return List.of(memory, maps, jobs, pods);
    }

    private <R extends HasMetadata> InformerEventSourceConfiguration.Builder<R> watch(Class<R> type, String labels) {
        return InformerEventSourceConfiguration.from(type, FileJobResource.class)
                .withKubernetesClient(watches.get())
                .withInformerListLimit(PAGE)
                .withLabelSelector(labels);
    }

    private static Set<ResourceID> jobOf(Pod pod) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
        String name = annotations.get(ClusterNames.JOB_NAME);
        return name == null
                ? Set.of()
                : Set.of(new ResourceID(name, pod.getMetadata().getNamespace()));
    }

    @Override
    public UpdateControl<FileJobResource> reconcile(FileJobResource job, Context<FileJobResource> context) {
        known.sweep();
        if (canary.isMine(job)) {
            canary.seen(job);
            return UpdateControl.noUpdate();
        }
        if (Canary.isAny(job)) {
            return UpdateControl.noUpdate();
        }
        heartbeats.beat(job);
        if (job.getMetadata().getDeletionTimestamp() != null) {
            heartbeats.end(job);
            observer.accepted(job);
            return UpdateControl.noUpdate();
        }
        String namespace = job.getMetadata().getNamespace();
        if (!crowd.enter(namespace)) {
            return UpdateControl.<FileJobResource>noUpdate().rescheduleAfter(Crowd.COME_AGAIN);
        }
        MDC.put(LogFields.NAMESPACE, namespace);
        MDC.put(LogFields.JOB, job.getMetadata().getName());
        ReconcileOutcome outcome = ReconcileOutcome.ERROR;
        long begun = meters.begin();
        try {
            UpdateControl<FileJobResource> control = lookAfter(job, context);
            outcome = ReconcileOutcome.DONE;
            return control;
        } catch (PostponedException wait) {
            outcome = ReconcileOutcome.POSTPONED;
            return UpdateControl.<FileJobResource>noUpdate().rescheduleAfter(wait.pause());
        } finally {
            MDC.remove(LogFields.JOB);
            MDC.remove(LogFields.NAMESPACE);
            meters.end(begun, outcome);
            observer.done(job);
            crowd.leave(namespace);
        }
    }

    /** Returns the delay until a job is reconciled again if no event arrives. */
    private Duration pause() {
        Duration pause =
                LOOK_AGAIN.multipliedBy(Math.max(MANY_JOBS, heartbeats.size())).dividedBy(MANY_JOBS);
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }

    private UpdateControl<FileJobResource> lookAfter(FileJobResource job, Context<FileJobResource> context) {
        Observation seen = observer.observe(job, context);
        if (DyingNamespace.releasePods(seen, context.getClient())) {
            return UpdateControl.<FileJobResource>noUpdate().rescheduleAfter(pause());
        }
        if (redriving.isUnderway(seen, context)) {
            return UpdateControl.<FileJobResource>noUpdate().rescheduleAfter(OUTDATED);
        }
        FileJobStatus before = job.getStatus();
        FileJobStatus next = StatusOf.of(seen);
        StatusWriter.WriteOutcome written = status.write(job, next, context);
        if (written.isRefused()) {
            return UpdateControl.<FileJobResource>noUpdate().rescheduleAfter(OUTDATED);
        }
        traces.publish(job, seen.coverage(), before, next);
        jobMeters.observed(seen, next, Observer.ledgers(job, context));
        Decision decision = new Decision(seen, next);
        if (!Phases.isTerminal(next) && Replacing.done(seen, context.getClient())) {
            return UpdateControl.<FileJobResource>noUpdate().rescheduleAfter(OUTDATED);
        }
        if (decision.concernsWorkers()) {
            decision.leaveIn(context);
            bringAbout(job, decision, context);
        }
        if (!Phases.isTerminal(next)) {
            return UpdateControl.<FileJobResource>noUpdate()
                    .rescheduleAfter(written.due().orElseGet(this::pause));
        }
        heartbeats.end(job);
        observer.accepted(job);
        return Stream.of(callbacks.attend(decision, context.getClient()), cleanUp.after(job, decision, context))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .map(wait -> UpdateControl.<FileJobResource>noUpdate().rescheduleAfter(wait))
                .orElseGet(UpdateControl::noUpdate);
    }

    /**
     * Creates and updates the ConfigMap and the Job. A rejection by the API server is shown in the status from the next
     * attempt on, which follows within a second.
     */
    private void bringAbout(FileJobResource job, Decision decision, Context<FileJobResource> context) {
        try {
            cleanUp.before(decision);
            context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
            observer.accepted(job);
        } catch (KubernetesClientException e) {
            ApiRefusal.of("ConfigMap", e).ifPresent(refused -> observer.refused(job, refused));
            throw e;
        } catch (AggregatedOperatorException e) {
            e.getAggregatedExceptions().forEach((name, cause) -> ApiRefusal.of(
                            name.toLowerCase(Locale.ROOT).contains("map") ? "ConfigMap" : "Job", cause)
                    .ifPresent(refused -> observer.refused(job, refused)));
            throw e;
        }
    }
}
