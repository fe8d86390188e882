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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reason why pods do not start.
 *
 * @param reason one word, for a condition
 * @param message Kubernetes' message, with a remedy
 */
public record PodStartFailure(String reason, String message) {
    private static final Set<String> IMAGE =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError");
    private static final Set<String> CONTAINER =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    private static final Set<String> VOLUME = Set.of("FailedMount", "FailedAttachVolume");
    private static final Pattern CLAIM = Pattern.compile("persistentvolumeclaim \"([^\"]+)\" not found");
    private static final Pattern SECRET = Pattern.compile("secret \"([^\"]+)\" not found");

    /** Returns the first problem found, if any. */
    public static Optional<PodStartFailure> of(Observation seen) {
        if (seen.refused() != null) {
            return Optional.of(
                    new PodStartFailure(seen.refused().reason(), seen.refused().message()));
        }
        return seen.pods().stream()
                .map(PodStartFailure::of)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> seen.warnings().stream().map(PodStartFailure::of).reduce((_, last) -> last));
    }

    /** Returns the reason why {@code pod} does not start, null if it does. */
    static @Nullable PodStartFailure of(Pod pod) {
        for (PodCondition condition :
                Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of())) {
            if (condition.getType().equals("PodScheduled") && Objects.equals(condition.getReason(), "Unschedulable")) {
                return unschedulable(Objects.requireNonNullElse(condition.getMessage(), ""));
            }
        }
        for (ContainerStatus status :
                Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of())) {
            ContainerStateWaiting waiting =
                    status.getState() == null ? null : status.getState().getWaiting();
            String reason = waiting == null ? "" : Objects.requireNonNullElse(waiting.getReason(), "");
            if (IMAGE.contains(reason)) {
                return new PodStartFailure(
                        "ImageNotAvailable", "cannot pull the worker image: " + reason + ": " + text(waiting));
            }
            if (CONTAINER.contains(reason)) {
                return new PodStartFailure("ContainerNotStarted", reason + ": " + text(waiting));
            }
        }
        return null;
    }

    private static PodStartFailure unschedulable(String message) {
        Matcher claim = CLAIM.matcher(message);
        if (claim.find()) {
            return missing("VolumeMissing", "PersistentVolumeClaim " + claim.group(1), "spec.volumes", message);
        }
        if (message.contains("unbound immediate PersistentVolumeClaims")) {
            return new PodStartFailure(
                    "VolumeNotBound",
                    "a PersistentVolumeClaim of spec.volumes is not bound yet, see `kubectl describe pvc`: " + message);
        }
        return new PodStartFailure("Unschedulable", "worker pods cannot be scheduled: " + message);
    }

    private static PodStartFailure missing(String reason, String object, String field, String message) {
        return new PodStartFailure(
                reason,
                "there is no " + object
                        + " in this namespace: create it, or delete the FileJob and name another one in " + field + ": "
                        + message);
    }

    private static String text(@Nullable ContainerStateWaiting waiting) {
        return waiting == null ? "" : Objects.requireNonNullElse(waiting.getMessage(), "");
    }

    private static PodStartFailure of(Event event) {
        String message = Objects.requireNonNullElse(event.getMessage(), "");
        if (message.contains("exceeded quota") || message.contains("failed quota")) {
            return new PodStartFailure(
                    "QuotaExceeded", "the namespace's quota does not allow the worker pods: " + message);
        }
        if (message.contains("serviceaccount")) {
            return new PodStartFailure(
                    "ServiceAccountMissing",
                    "the workers' service account is missing: install it in this namespace (the chart's"
                            + " worker.namespaces), or name one in spec.pod.serviceAccountName: " + message);
        }
        Matcher secret = SECRET.matcher(message);
        if (secret.find()) {
            return missing(
                    "SecretMissing",
                    "Secret " + secret.group(1),
                    "spec.s3 or in spec.operation.ingest.database",
                    message);
        }
        if (VOLUME.contains(Objects.requireNonNullElse(event.getReason(), ""))) {
            return new PodStartFailure("VolumeNotMounted", "a volume of the worker pods cannot be mounted: " + message);
        }
        return new PodStartFailure("PodsRefused", "worker pods cannot be created: " + message);
    }
}
