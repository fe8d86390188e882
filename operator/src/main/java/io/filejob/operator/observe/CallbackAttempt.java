package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.filejob.callback.CallbackOutcome;
import io.filejob.callback.CallbackReport;
import io.filejob.cluster.ClusterNames;
import io.filejob.failure.Excerpt;
import io.filejob.operator.api.Names;
import io.filejob.status.CallbackStatus;
import io.filejob.status.FileJobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to call the receiver: a Job with one pod.
 *
 * @param end the end of the FileJob that it tells of
 * @param number its number, from 1
 * @param job its Job
 * @param report its outcome, null as long as it has not ended
 * @param problem the reason why its pod does not start; null if it does
 */
public record CallbackAttempt(
        String end,
        int number,
        Job job,
        @Nullable CallbackReport report,
        @Nullable String problem) {
    /** Time for the last change of a pod to arrive after that of its Job. */
    private static final Duration LATE = Duration.ofSeconds(10);

    /** Observes the attempt of {@code job}; null if its number is unknown. */
    static @Nullable CallbackAttempt of(Job job, List<Pod> all, Instant now) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of());
        String number = annotations.getOrDefault(ClusterNames.CALLBACK_ATTEMPT, "");
        if (!number.matches("[1-9][0-9]?")) {
            return null;
        }
        List<Pod> pods = all.stream().filter(pod -> isOwner(job, pod)).toList();
        CallbackReport report = pods.stream()
                .flatMap(CallbackAttempt::ends)
                .findFirst()
                .map(CallbackAttempt::report)
                .or(() -> end(job, now))
                .orElse(null);
        String problem = pods.stream()
                .map(PodStartFailure::of)
                .flatMap(Stream::ofNullable)
                .map(PodStartFailure::message)
                .findFirst()
                .orElse(null);
        return new CallbackAttempt(
                annotations.getOrDefault(ClusterNames.CALLBACK_END, ""),
                Integer.parseInt(number),
                job,
                report,
                problem);
    }

    /** Returns whether it tells of the end in {@code status}, and that does not have its outcome yet. */
    public boolean isCurrent(FileJobStatus status) {
        CallbackStatus callback = status.callback();
        int recorded = callback == null ? 0 : callback.attempts();
        boolean isOver = callback != null && callback.nextAttemptTime() == null;
        return end.equals(status.completionTime()) && number > recorded && !isOver;
    }

    private static boolean isOwner(Job job, Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getOwnerReferences(), List.<OwnerReference>of()).stream()
                .anyMatch(owner ->
                        Objects.equals(owner.getUid(), job.getMetadata().getUid()));
    }

    /** Returns the end of the container that calls the receiver; a sidecar may still be running. */
    private static Stream<ContainerStateTerminated> ends(Pod pod) {
        List<ContainerStatus> statuses =
                pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
        return Objects.requireNonNullElse(statuses, List.<ContainerStatus>of()).stream()
                .filter(status -> Names.CONTAINER.equals(status.getName()) && status.getState() != null)
                .map(status -> status.getState().getTerminated())
                .filter(Objects::nonNull);
    }

    private static CallbackReport report(ContainerStateTerminated end) {
        String message = Objects.requireNonNullElse(end.getMessage(), "");
        return CallbackReport.parse(message)
                .orElseGet(() -> Objects.equals(end.getExitCode(), 0)
                        ? CallbackReport.of(CallbackOutcome.DELIVERED, "the receiver has accepted the message")
                        : CallbackReport.of(
                                CallbackOutcome.NOT_ATTEMPTED,
                                "the pod ended with exit status " + end.getExitCode()
                                        + (message.isBlank() ? "" : ": " + Excerpt.cell(message.strip()))));
    }

    /** Returns the outcome of a Job without a pod, or with one that has not told its end. */
    private static Optional<CallbackReport> end(Job job, Instant now) {
        List<JobCondition> conditions =
                job.getStatus() == null ? null : job.getStatus().getConditions();
        return Objects.requireNonNullElse(conditions, List.<JobCondition>of()).stream()
                .filter(condition -> "True".equals(condition.getStatus()) && isOver(condition, now))
                .flatMap(condition -> switch (condition.getType()) {
                    case "Complete" ->
                        Stream.of(
                                CallbackReport.of(CallbackOutcome.DELIVERED, "the receiver has accepted the message"));
                    case "Failed" ->
                        Stream.of(CallbackReport.of(
                                CallbackOutcome.NOT_ATTEMPTED,
                                "the pod ended without a report: "
                                        + Objects.requireNonNullElse(condition.getMessage(), "its Job has failed")));
                    default -> Stream.empty();
                })
                .findFirst();
    }

    private static boolean isOver(JobCondition condition, Instant now) {
        String since = condition.getLastTransitionTime();
        return since == null || now.isAfter(Instant.parse(since).plus(LATE));
    }
}
