package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads warnings that Kubernetes reports only as events: why a Job cannot create pods, and why a pod's volumes are
 * missing. Events are not watched, since a cluster has many; those of a stuck object are listed at increasing
 * intervals. Safe to use from any thread.
 */
final class Warnings {
    /** Age from which a Job without pods, or a pod whose containers have not been created, is considered stuck. */
    private static final Duration OVERDUE = Duration.ofSeconds(3);

    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(4);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);
    /** Maximum number of events read per object. Kubernetes counts repeated events of one kind in a single object. */
    private static final long MAX_EVENTS = 50;

    private static final int MESSAGE_LENGTH = 1024;

    /** By the UID of the FileJob. */
    private final Map<String, Known> jobs = new ConcurrentHashMap<>();

    /** The warnings about an object, the time at which they were listed, and how long they are valid. */
    private record Known(String object, Instant at, Duration interval, List<Event> warnings) {}

    /** Returns the warnings about {@code child}, or about one of its {@code pods}, if one of them is stuck. */
    List<Event> of(String job, @Nullable Job child, List<Pod> pods, Instant now, KubernetesClient client) {
        if (child == null || Boolean.TRUE.equals(child.getSpec().getSuspend())) {
            return List.of();
        }
        Optional<? extends HasMetadata> stuck = pods.isEmpty()
                ? Optional.of(child)
                : pods.stream().filter(Warnings::waitsForVolumes).findFirst();
        if (stuck.filter(object -> isOverdue(object, now)).isEmpty()) {
            jobs.remove(job);
            return List.of();
        }
        HasMetadata object = stuck.get();
        String uid = object.getMetadata().getUid();
        return Objects.requireNonNull(jobs.compute(
                        job,
                        (_, before) -> before == null || !before.object().equals(uid)
                                ? new Known(uid, now, FIRST_INTERVAL, about(object, client))
                                : now.isBefore(before.at().plus(before.interval()))
                                        ? before
                                        : new Known(uid, now, longer(before.interval()), about(object, client))))
                .warnings();
    }

    private static Duration longer(Duration interval) {
        Duration twice = interval.multipliedBy(2);
        return twice.compareTo(MAX_INTERVAL) > 0 ? MAX_INTERVAL : twice;
    }

    void forget(String job) {
        jobs.remove(job);
    }

    /** Removes all jobs except those with these UIDs. */
    void retain(Set<String> uids) {
        jobs.keySet().retainAll(uids);
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
                .list(new ListOptionsBuilder().withLimit(MAX_EVENTS).build())
                .getItems()
                .stream()
                .filter(event -> Objects.equals(event.getType(), "Warning"))
                .map(Warnings::brief)
                .toList();
    }

    private static Event brief(Event event) {
        String message = Objects.requireNonNullElse(event.getMessage(), "");
        return new EventBuilder()
                .withType(event.getType())
                .withReason(event.getReason())
                .withMessage(message.substring(0, Math.min(message.length(), MESSAGE_LENGTH)))
                .build();
    }
}
