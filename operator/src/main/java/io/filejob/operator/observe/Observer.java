package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at everything that belongs to a FileJob, in the informers' caches. */
@ApplicationScoped
public class Observer {
    /** A Job that has no pods after this time may have been refused some. */
    private static final Duration PODS_OVERDUE = Duration.ofSeconds(3);

    private final Clock clock;
    private final Ledgers ledgers = new Ledgers();

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
                .toList();
        if (Finished.is(job.getStatus())) {
            ledgers.forget(job.getMetadata().getUid());
            return new Observation(job, ClusterPlan.of(job), child, pods, List.of(), Observation.Covered.NOTHING, now);
        }
        Observation.Planned planned = ClusterPlan.of(job);
        return new Observation(
                job, planned, child, pods, warnings(child, pods, now, context), covered(job, planned, context), now);
    }

    private Observation.Covered covered(
            FileJobResource job, Observation.Planned planned, Context<FileJobResource> context) {
        Plan plan = planned.plan();
        if (plan == null) {
            return Observation.Covered.NOTHING;
        }
        List<ConfigMap> maps = context.getSecondaryResourcesAsStream(ConfigMap.class)
                .filter(map -> belongs(map.getMetadata().getLabels(), job, ClusterNames.ROLE_LEDGER))
                .toList();
        try {
            return new Observation.Covered(
                    Coverage.of(plan, ledgers.read(job.getMetadata().getUid(), maps)), null);
        } catch (JobFailure failure) {
            return new Observation.Covered(null, failure);
        }
    }

    private static boolean belongs(@Nullable Map<String, String> labels, FileJobResource job, String role) {
        return labels != null
                && job.getMetadata().getUid().equals(labels.get(ClusterNames.JOB_UID))
                && role.equals(labels.get(ClusterNames.ROLE));
    }

    /** Only a Job's events say why it cannot make pods. */
    private static List<Event> warnings(
            @Nullable Job child, List<Pod> pods, Instant now, Context<FileJobResource> context) {
        if (child == null
                || !pods.isEmpty()
                || Boolean.TRUE.equals(child.getSpec().getSuspend())
                || now.isBefore(Instant.parse(child.getMetadata().getCreationTimestamp())
                        .plus(PODS_OVERDUE))) {
            return List.of();
        }
        return context
                .getClient()
                .v1()
                .events()
                .inNamespace(child.getMetadata().getNamespace())
                .withField("involvedObject.uid", child.getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .filter(event -> Objects.equals(event.getType(), "Warning"))
                .toList();
    }
}
