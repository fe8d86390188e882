package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.storage.LastWords;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the workers that ended have left: last words, the slice that they were at, and what they died of. */
public final class Deaths {
    /** So many dead workers are no coincidence. */
    private static final int LIMIT = 3;
    /** The label of an Indexed Job's pods. */
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    /** What the JVM ends with when its heap is full, see the image's options. */
    private static final int HEAP_FULL = 3;

    private final List<Death> all;

    private record Death(String worker, ContainerStateTerminated end, LastWords words) {
        boolean isOutOfMemory() {
            return Objects.equals(end.getReason(), "OOMKilled") || end.getExitCode() == HEAP_FULL;
        }

        String how() {
            return isOutOfMemory()
                    ? "out of memory (" + (end.getExitCode() == HEAP_FULL ? "its heap is full" : "OOMKilled")
                            + "): give the pods more in spec.pod.resources"
                    : "exit code " + end.getExitCode();
        }
    }

    /** Reads the statuses of {@code pods}. Those that Kubernetes itself has removed did not die of their work. */
    public Deaths(Collection<Pod> pods) {
        all = pods.stream()
                .filter(pod -> !isDisrupted(pod))
                .flatMap(Deaths::of)
                .sorted(Comparator.comparing(
                        death -> Objects.requireNonNullElse(death.end().getFinishedAt(), "")))
                .toList();
    }

    private static Stream<Death> of(Pod pod) {
        String worker = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of())
                .getOrDefault(INDEX, "?");
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .map(status ->
                        status.getState() == null ? null : status.getState().getTerminated())
                .filter(Objects::nonNull)
                .filter(end -> end.getExitCode() != ExitCode.DONE.number()
                        && end.getExitCode() != ExitCode.TERMINATED.number())
                .map(end -> new Death(worker, end, LastWords.parse(end.getMessage())));
    }

    private static boolean isDisrupted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null
                || Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of()).stream()
                        .anyMatch(condition -> condition.getType().equals("DisruptionTarget")
                                && condition.getStatus().equals("True"));
    }

    /** Why the job cannot go on, as the first worker that knew has put it. */
    public Optional<JobFailure> failure() {
        return all.stream()
                .flatMap(death -> death.words().failure().stream())
                .filter(failure -> Fatal.is(failure.exitCode()))
                .findFirst();
    }

    /** The slice that kills whoever takes it, once that is certain. */
    public Optional<JobFailure> poison() {
        Map<Integer, Integer> bySlice = new HashMap<>();
        for (Death death : all) {
            if (death.words().slice().isEmpty()) {
                continue;
            }
            int slice = death.words().slice().getAsInt();
            if (bySlice.merge(slice, 1, Integer::sum) == LIMIT) {
                return Optional.of(new JobFailure(
                        ExitCode.INTERNAL,
                        "slice " + slice + " has killed " + LIMIT + " workers, the last one: " + death.how()));
            }
        }
        return Optional.empty();
    }

    /** That none gets as far as a slice, once that is certain; for jobs of which nothing has been done. */
    public Optional<JobFailure> stillborn() {
        boolean certain = all.stream()
                        .filter(death -> death.words().slice().isEmpty()
                                && death.words().failure().isEmpty())
                        .count()
                >= LIMIT;
        return certain
                ? Optional.of(new JobFailure(
                        ExitCode.INTERNAL,
                        LIMIT + " workers died before they came to a slice, the last one: " + last()))
                : Optional.empty();
    }

    /** A worker that is given too little memory to do anything with, once that is certain. */
    public Optional<JobFailure> starvation() {
        Map<String, Integer> byWorker = new HashMap<>();
        for (Death death : all) {
            if (death.isOutOfMemory() && byWorker.merge(death.worker(), 1, Integer::sum) == LIMIT) {
                return Optional.of(new JobFailure(
                        ExitCode.INTERNAL,
                        "worker " + death.worker() + " has died " + LIMIT + " times, the last time: " + death.how()));
            }
        }
        return Optional.empty();
    }

    /** What the last one died of, in a few words; empty if none did. */
    public String last() {
        return all.isEmpty()
                ? ""
                : all.getLast()
                        .words()
                        .failure()
                        .map(JobFailure::getMessage)
                        .orElse(all.getLast().how());
    }
}
