package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Evaluates the state of a pod. */
final class PodStates {
    private static final Set<String> ENDED = Set.of("Failed", "Succeeded");
    /** A responsive kubelet removes a pod within seconds after its grace period. */
    private static final Duration OVERDUE = Duration.ofSeconds(10);

    private PodStates() {}

    /** Returns whether Kubernetes has removed {@code pod}: by eviction, preemption, draining or deletion. */
    static boolean isDisrupted(Pod pod) {
        return isDeleted(pod) || isEvicted(pod);
    }

    /** Returns whether {@code pod} has to make way: for a drained node, another pod, or a node without resources. */
    static boolean isEvicted(Pod pod) {
        return conditions(pod)
                .anyMatch(condition -> condition.getType().equals("DisruptionTarget")
                        && condition.getStatus().equals("True"));
    }

    /** Returns whether {@code pod} is running or starting: schedulable, not ended and not being removed. */
    static boolean isAlive(Pod pod) {
        return !isDeleted(pod)
                && !hasEnded(pod)
                && conditions(pod).noneMatch(condition -> Objects.equals(condition.getReason(), "Unschedulable"));
    }

    /** Returns whether {@code pod} should be gone, but its node does not report its end. */
    static boolean isLost(Pod pod, Instant now) {
        return isDeleted(pod)
                && !hasEnded(pod)
                && now.isAfter(
                        Instant.parse(pod.getMetadata().getDeletionTimestamp()).plus(OVERDUE));
    }

    /** Returns whether {@code child} owns {@code pod}; also true if either the Job or the pod's owners are unknown. */
    static boolean isOf(@Nullable Job child, Pod pod) {
        List<OwnerReference> owners =
                Objects.requireNonNullElse(pod.getMetadata().getOwnerReferences(), List.of());
        return child == null
                || owners.isEmpty()
                || isOwnedBy(child.getMetadata().getUid(), pod);
    }

    /** Returns whether the object with this UID owns {@code pod}; false for null. */
    static boolean isOwnedBy(@Nullable String uid, Pod pod) {
        return uid != null
                && Objects.requireNonNullElse(pod.getMetadata().getOwnerReferences(), List.<OwnerReference>of())
                        .stream()
                        .anyMatch(owner -> uid.equals(owner.getUid()));
    }

    /** Returns the node that {@code pod} is assigned to, null if there is none yet. */
    static @Nullable String node(Pod pod) {
        return pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    }

    private static boolean isDeleted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Returns whether all containers of {@code pod} have ended. */
    static boolean hasEnded(Pod pod) {
        String phase = pod.getStatus().getPhase();
        return phase != null && ENDED.contains(phase);
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of()).stream();
    }
}
