package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.filejob.job.Coverage;
import io.filejob.job.Plan;
import io.filejob.model.JobFailure;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Finished;
import io.filejob.operator.api.Names;
import io.filejob.storage.ClusterNames;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at everything that belongs to a FileJob, in the informers' caches. */
@ApplicationScoped
public class Observer {
    private final Clock clock;
    private final Plans plans = new Plans();
    private final Ledgers ledgers = new Ledgers();
    private final Refusals refusals = new Refusals();

    Observer(Clock clock) {
        this.clock = clock;
    }

    /** What there is to see of {@code job} now. */
    public Observation observe(FileJobResource job, Context<FileJobResource> context) {
        Instant now = clock.instant();
        Job child = context.getSecondaryResourcesAsStream(Job.class)
                .filter(each -> each.getMetadata().getName().equals(Names.base(job)))
                .findFirst()
                .orElse(null);
        List<Pod> pods = context.getSecondaryResourcesAsStream(Pod.class)
                .filter(pod -> belongs(pod.getMetadata().getLabels(), job, ClusterNames.ROLE_WORKER))
                .filter(pod -> PodStates.isOf(child, pod))
                .toList();
        ConfigMap listing = configMaps(job, ClusterNames.ROLE_PLAN, context)
                .filter(map -> map.getMetadata().getName().equals(ClusterNames.plan(Names.base(job))))
                .findFirst()
                .orElse(null);
        ConfigMap told = configMaps(job, ClusterNames.ROLE_JOB, context)
                .filter(map -> map.getMetadata().getName().equals(Names.base(job)))
                .findFirst()
                .orElse(null);
        Observation.Planned planned = plans.of(job, new ClusterPlan.Pinned(told, listing));
        if (Finished.is(job.getStatus())) {
            plans.forget(job.getMetadata().getUid());
            ledgers.forget(job.getMetadata().getUid());
            return new Observation(
                    job,
                    planned,
                    child,
                    pods,
                    List.of(),
                    Observation.Covered.NOTHING,
                    Predecessors.NONE,
                    refusals.of(job),
                    now);
        }
        return new Observation(
                job,
                planned,
                child,
                pods,
                Warnings.of(child, pods, now, context.getClient()),
                covered(job, planned, context),
                Predecessors.of(configMaps(job, ClusterNames.ROLE_JOB, context)
                        .findFirst()
                        .orElse(null)),
                refusals.of(job),
                now);
    }

    /** The API server has refused an object of {@code job}: that is seen until it accepts it. */
    public void refused(FileJobResource job, Refused refused) {
        refusals.put(job, refused);
    }

    /** The API server has accepted all objects of {@code job}, or there will be no other. */
    public void accepted(FileJobResource job) {
        refusals.remove(job);
    }

    private Observation.Covered covered(
            FileJobResource job, Observation.Planned planned, Context<FileJobResource> context) {
        Plan plan = planned.plan();
        if (plan == null) {
            return Observation.Covered.NOTHING;
        }
        List<ConfigMap> maps =
                configMaps(job, ClusterNames.ROLE_LEDGER, context).toList();
        try {
            return new Observation.Covered(
                    Coverage.of(
                            plan,
                            ledgers.read(
                                    job.getMetadata().getUid(),
                                    plan.fingerprint().combined(),
                                    maps)),
                    null);
        } catch (JobFailure failure) {
            return new Observation.Covered(null, failure);
        }
    }

    private static Stream<ConfigMap> configMaps(FileJobResource job, String role, Context<FileJobResource> context) {
        return context.getSecondaryResourcesAsStream(ConfigMap.class)
                .filter(map -> belongs(map.getMetadata().getLabels(), job, role));
    }

    private static boolean belongs(@Nullable Map<String, String> labels, FileJobResource job, String role) {
        return labels != null
                && job.getMetadata().getUid().equals(labels.get(ClusterNames.JOB_UID))
                && role.equals(labels.get(ClusterNames.ROLE));
    }
}
