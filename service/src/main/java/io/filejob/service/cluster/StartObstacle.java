package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reason why a pod does not start, in the words of the cluster. */
final class StartObstacle {
    private static final int MAX_LENGTH = 300;
    /** A container waits with this reason until its volumes are mounted. */
    private static final String CREATING = "ContainerCreating";

    private StartObstacle() {}

    static String of(KubernetesClient client, Pod pod) {
        String reason = pod.getStatus() == null
                ? ""
                : scheduling(pod)
                        .or(() -> container(pod))
                        .or(() -> event(client, pod))
                        .orElse(text(
                                pod.getStatus().getReason(), pod.getStatus().getMessage()));
        String known = reason.isBlank()
                ? "its volume is not mounted yet; a ReadWriteOnce claim is mounted on one node at a time"
                : reason;
        return known.length() > MAX_LENGTH ? known.substring(0, MAX_LENGTH) : known;
    }

    private static Optional<String> scheduling(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of()).stream()
                .filter(condition -> Objects.equals(condition.getType(), "PodScheduled")
                        && Objects.equals(condition.getStatus(), "False"))
                .map(condition -> text(condition.getReason(), condition.getMessage()))
                .findFirst();
    }

    private static Optional<String> container(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .flatMap(state -> text(state).stream())
                .findFirst();
    }

    private static Optional<String> text(ContainerState state) {
        if (state.getTerminated() != null) {
            return Optional.of(text(
                    state.getTerminated().getReason() + " "
                            + state.getTerminated().getExitCode(),
                    state.getTerminated().getMessage()));
        }
        return state.getWaiting() == null || CREATING.equals(state.getWaiting().getReason())
                ? Optional.empty()
                : Optional.of(
                        text(state.getWaiting().getReason(), state.getWaiting().getMessage()));
    }

    /** Returns the last warning about {@code pod}, for example that another node has its volume; if it may be listed. */
    private static Optional<String> event(KubernetesClient client, Pod pod) {
        try {
            return client
                    .v1()
                    .events()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withField("involvedObject.uid", pod.getMetadata().getUid())
                    .list()
                    .getItems()
                    .stream()
                    .filter(event -> Objects.equals(event.getType(), "Warning"))
                    .max(Comparator.comparing(StartObstacle::time))
                    .map(event -> text(event.getReason(), event.getMessage()));
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }

    private static String time(Event event) {
        return Objects.requireNonNullElse(event.getLastTimestamp(), "");
    }

    private static String text(@Nullable String reason, @Nullable String message) {
        return (reason == null ? "" : reason) + (message == null ? "" : ": " + message.strip());
    }
}
