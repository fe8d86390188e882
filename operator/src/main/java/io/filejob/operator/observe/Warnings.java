package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Kubernetes says in events only: why a Job cannot make pods, and why a pod's volumes are not there. */
final class Warnings {
    /** A Job that has no pods after this time may have been refused some, and a pod that has no container a volume. */
    private static final Duration OVERDUE = Duration.ofSeconds(3);

    private Warnings() {}

    /** The warnings about {@code child}, or about one of its {@code pods}, if it is time to ask for some. */
    static List<Event> of(@Nullable Job child, List<Pod> pods, Instant now, KubernetesClient client) {
        if (child == null || Boolean.TRUE.equals(child.getSpec().getSuspend())) {
            return List.of();
        }
        Optional<? extends HasMetadata> stuck = pods.isEmpty()
                ? Optional.of(child)
                : pods.stream().filter(Warnings::waitsForVolumes).findFirst();
        return stuck.filter(object -> isOverdue(object, now))
                .map(object -> about(object, client))
                .orElse(List.of());
    }

    private static boolean waitsForVolumes(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .anyMatch(status -> status.getState() != null
                        && status.getState().getWaiting() != null
                        && Objects.equals(status.getState().getWaiting().getReason(), "ContainerCreating"));
    }

    private static boolean isOverdue(HasMetadata object, Instant now) {
        return !now.isBefore(
                Instant.parse(object.getMetadata().getCreationTimestamp()).plus(OVERDUE));
    }

    private static List<Event> about(HasMetadata object, KubernetesClient client) {
        return client
                .v1()
                .events()
                .inNamespace(object.getMetadata().getNamespace())
                .withField("involvedObject.uid", object.getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .filter(event -> Objects.equals(event.getType(), "Warning"))
                .toList();
    }
}
