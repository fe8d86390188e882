package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why pods do not start.
 *
 * @param reason one word, for a condition
 * @param message what Kubernetes says about it, and what may help
 */
public record Trouble(String reason, String message) {
    private static final Set<String> IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError");
    private static final Set<String> CONTAINER =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    /** The first trouble to be seen, if there is any. */
    public static Optional<Trouble> of(Observation seen) {
        return seen.pods().stream()
                .map(Trouble::of)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> seen.warnings().stream().map(Trouble::of).reduce((_, last) -> last));
    }

    private static @Nullable Trouble of(Pod pod) {
        for (PodCondition condition :
                Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of())) {
            if (condition.getType().equals("PodScheduled") && Objects.equals(condition.getReason(), "Unschedulable")) {
                return new Trouble("Unschedulable", "no node takes the pods: " + condition.getMessage());
            }
        }
        for (ContainerStatus status :
                Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of())) {
            ContainerStateWaiting waiting =
                    status.getState() == null ? null : status.getState().getWaiting();
            String reason = waiting == null ? "" : Objects.requireNonNullElse(waiting.getReason(), "");
            if (IMAGE.contains(reason)) {
                return new Trouble(
                        "ImageNotAvailable", "the workers' image cannot be had: " + reason + ": " + text(waiting));
            }
            if (CONTAINER.contains(reason)) {
                return new Trouble("ContainerNotStarted", reason + ": " + text(waiting));
            }
        }
        return null;
    }

    private static String text(@Nullable ContainerStateWaiting waiting) {
        return waiting == null ? "" : Objects.requireNonNullElse(waiting.getMessage(), "");
    }

    private static Trouble of(Event event) {
        String message = Objects.requireNonNullElse(event.getMessage(), "");
        if (message.contains("exceeded quota") || message.contains("failed quota")) {
            return new Trouble("QuotaExceeded", "the namespace's quota does not allow the pods: " + message);
        }
        if (message.contains("serviceaccount")) {
            return new Trouble(
                    "ServiceAccountMissing",
                    "the workers' service account is missing: install it in this namespace (the chart's"
                            + " worker.namespaces), or name one in spec.pod.serviceAccountName: " + message);
        }
        return new Trouble("PodsRefused", "the pods cannot be made: " + message);
    }
}
