package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a worker's pod.
 *
 * @param text one word, for example {@code Running} or {@code ImagePullBackOff}; null without a pod
 * @param message the reason of the state; null for ordinary states
 */
record PodState(@Nullable String text, @Nullable String message) {
    private static final String CONTAINER = "worker";

    /** Returns the state of {@code pod}, as its container has it if it waits or has ended. */
    static PodState of(@Nullable Pod pod) {
        if (pod == null || pod.getStatus() == null) {
            return new PodState(null, null);
        }
        String phase = Objects.requireNonNullElse(pod.getStatus().getPhase(), "Unknown");
        return pod.getStatus().getContainerStatuses().stream()
                .filter(container -> CONTAINER.equals(container.getName()))
                .findFirst()
                .flatMap(container -> ofContainer(container, phase))
                .orElseGet(() -> new PodState(phase, pod.getStatus().getMessage()));
    }

    private static Optional<PodState> ofContainer(ContainerStatus container, String phase) {
        if (container.getState() == null) {
            return Optional.empty();
        }
        ContainerStateWaiting waiting = container.getState().getWaiting();
        ContainerStateTerminated ended = container.getState().getTerminated();
        if (waiting != null && waiting.getReason() != null) {
            return Optional.of(new PodState(waiting.getReason(), waiting.getMessage()));
        }
        return ended == null
                ? Optional.empty()
                : Optional.of(new PodState(phase, Objects.requireNonNullElse(ended.getMessage(), ended.getReason())));
    }
}
