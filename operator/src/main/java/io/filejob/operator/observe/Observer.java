package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.filejob.cluster.ClusterNames;
import io.filejob.coverage.Coverage;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.ForIntervals;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.api.Phases;
import io.filejob.operator.api.RedriveRequest;
import io.filejob.plan.Plan;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Observes all objects of a FileJob: in the informers' caches, and by reading the ConfigMaps whose metadata the caches
 * hold. Safe to use from any thread.
 */
@ApplicationScoped
public class Observer {
    private final Clock clock;
    private final AdmissionRefusals refusals = new AdmissionRefusals();
    private final JobCache cache = new JobCache(Footprint.kept());
    private final MemoryBudget budget;
    private final ReadIntervals rests;
    private final Warnings warnings = new Warnings();
    private final Policy policy;

    Observer(Clock clock, @ForIntervals Clock intervals, OperatorSettings settings, MemoryBudget budget) {
        this.clock = clock;
        this.policy = new Policy(settings.policy());
        this.budget = budget;
        this.rests = new ReadIntervals(intervals);
    }

    /** Sets the action that observes a job again at once, for jobs that have waited for memory. */
    public void whenCalled(Consumer<ResourceID> action) {
        budget.whenCalled(action);
    }

    /**
     * Observes {@code job}. Throws {@link PostponedException} if it has to wait. A call of {@link #done} must follow when the
     * observation is no longer needed.
     */
    public Observation observe(FileJobResource job, Context<FileJobResource> context) {
        Instant now = clock.instant();
        String uid = job.getMetadata().getUid();
        Job child = context.getSecondaryResourcesAsStream(Job.class)
                .filter(each -> each.getMetadata().getName().equals(Names.base(job)))
                .findFirst()
                .orElse(null);
        Predecessors predecessors = Predecessors.of(
                configMaps(job, ClusterNames.ROLE_JOB, context).findFirst().orElse(null));
        List<Pod> pods = context.getSecondaryResourcesAsStream(Pod.class)
                .filter(pod -> belongs(pod.getMetadata().getLabels(), job, ClusterNames.ROLE_WORKER))
                .filter(pod -> PodStates.isOf(child, pod) && !PodStates.isOwnedBy(predecessors.last(), pod))
                .toList();
        if (!cache.knows(uid) && !isUrgent(job, child) && !budget.isCalled(uid)) {
            rests.check(uid);
        }
        LedgerReading reading = new LedgerReading(job, context.getClient(), budget, Footprint.observed());
        if (Phases.isTerminal(job.getStatus()) && RedriveRequest.of(job).isEmpty()) {
            Observation.Planned planned = Plans.of(cache.of(uid), job, ClusterPlan.Pinned.NOTHING, reading);
            forget(uid);
            return new Observation(
                    job,
                    planned,
                    child,
                    pods,
                    List.of(),
                    Observation.Covered.NOTHING,
                    Predecessors.NONE,
                    refusals.of(job),
                    CallbackAttempts.of(job, context, policy, now),
                    List.of(),
                    now);
        }
        budget.takeAsBefore(job);
        JobCache.CachedJob known = cache.of(uid);
        ConfigMap listing = configMaps(job, ClusterNames.ROLE_PLAN, context)
                .filter(map -> map.getMetadata().getName().equals(ClusterNames.plan(Names.base(job))))
                .findFirst()
                .orElse(null);
        ConfigMap told = configMaps(job, ClusterNames.ROLE_JOB, context)
                .filter(map -> map.getMetadata().getName().equals(Names.base(job)))
                .findFirst()
                .orElse(null);
        Observation.Planned planned = Plans.of(known, job, new ClusterPlan.Pinned(told, listing), reading);
        if (child == null) {
            planned = allowed(planned);
        }
        Observation.Covered covered = covered(known, job, planned, context, reading);
        rests.done(uid);
        return new Observation(
                job,
                planned,
                child,
                pods,
                warnings.of(uid, child, pods, now, context.getClient()),
                covered,
                predecessors,
                refusals.of(job),
                CallbackAttempts.NONE,
                WorkerWaits.of(
                        pods,
                        Stream.concat(
                                configMaps(job, ClusterNames.ROLE_LEDGER, context),
                                configMaps(job, ClusterNames.ROLE_PLAN, context))),
                now);
    }

    /**
     * Records that the API server has rejected an object of {@code job}; observations include it until {@link
     * #accepted}.
     */
    public void refused(FileJobResource job, ApiRefusal refused) {
        refusals.put(job, refused);
    }

    /** Records that the API server has accepted all objects of {@code job}, or that no more will be written. */
    public void accepted(FileJobResource job) {
        refusals.remove(job);
    }

    /**
     * Applies the policy to a job that has no Job yet; a running one continues even if the policy has been tightened.
     */
    private Observation.Planned allowed(Observation.Planned planned) {
        if (planned.manifest() == null || planned.refusal() != null) {
            return planned;
        }
        try {
            policy.check(planned.manifest().spec());
            return planned;
        } catch (JobFailedException refusal) {
            return new Observation.Planned(planned.manifest(), null, refusal);
        }
    }

    /** Returns whether {@code job} is observed without delay: its spec has changed, or its Job has completed. */
    private static boolean isUrgent(FileJobResource job, @Nullable Job child) {
        boolean isNew = job.getStatus() == null
                || !Objects.equals(
                        job.getStatus().observedGeneration(), job.getMetadata().getGeneration());
        return isNew
                || (child != null
                        && child.getStatus() != null
                        && child.getStatus().getCompletionTime() != null);
    }

    private static Observation.Covered covered(
            JobCache.CachedJob known,
            FileJobResource job,
            Observation.Planned planned,
            Context<FileJobResource> context,
            LedgerReading reading) {
        Plan plan = planned.plan();
        if (plan == null) {
            return Observation.Covered.NOTHING;
        }
        List<ConfigMap> maps =
                configMaps(job, ClusterNames.ROLE_LEDGER, context).toList();
        try {
            return new Observation.Covered(
                    Coverage.of(plan, Ledgers.read(known, plan.fingerprint().combined(), maps, reading)), null);
        } catch (JobFailedException failure) {
            return new Observation.Covered(null, failure);
        }
    }

    private static Stream<ConfigMap> configMaps(FileJobResource job, String role, Context<FileJobResource> context) {
        return context.getSecondaryResourcesAsStream(ConfigMap.class)
                .filter(map -> belongs(map.getMetadata().getLabels(), job, role) && Ownership.by(job, map));
    }

    private static boolean belongs(@Nullable Map<String, String> labels, FileJobResource job, String role) {
        return labels != null
                && job.getMetadata().getUid().equals(labels.get(ClusterNames.JOB_UID))
                && role.equals(labels.get(ClusterNames.ROLE));
    }

    /** Returns the metadata of the ledgers of {@code job}. */
    public static Stream<ConfigMap> ledgers(FileJobResource job, Context<FileJobResource> context) {
        return configMaps(job, ClusterNames.ROLE_LEDGER, context);
    }

    /** Returns the number of jobs that wait for memory. */
    public int waiting() {
        return budget.waiting();
    }

    /** Releases the resources of an observation of {@code job}. */
    public void done(FileJobResource job) {
        String uid = job.getMetadata().getUid();
        budget.end(uid);
        cache.settle(uid);
    }

    private void forget(String uid) {
        cache.forget(uid);
        rests.forget(uid);
        budget.forget(uid);
        warnings.forget(uid);
    }

    /** Removes all jobs except those with these UIDs. */
    public void retain(Set<String> uids) {
        cache.retain(uids);
        rests.retain(uids);
        budget.retain(uids);
        warnings.retain(uids);
        refusals.retain(uids);
    }
}
