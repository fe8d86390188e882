package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.job.Coverage;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import io.filejob.operator.api.Names;
import io.filejob.storage.LastWords;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workers that ended with an error: their termination messages, the slice in flight, and the cause of death. */
public final class Deaths {
    /** So many dead workers are no coincidence. */
    private static final int LIMIT = 3;
    /** So many workers with the same failure confirm one that may be their node's. */
    private static final int CONFIRMED = 2;

    private final List<Death> all;

    /** Reads the statuses of {@code pods}. Those that Kubernetes itself has removed did not die of their work. */
    public Deaths(Collection<Pod> pods) {
        all = pods.stream()
                .filter(pod -> !PodStates.isDisrupted(pod))
                .flatMap(Deaths::of)
                .sorted(Comparator.comparing(
                        death -> Objects.requireNonNullElse(death.end().getFinishedAt(), "")))
                .toList();
    }

    private static Stream<Death> of(Pod pod) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        String worker = labels.getOrDefault(Names.INDEX, "?");
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .filter(status -> status.getName() == null || status.getName().equals(Names.CONTAINER))
                .map(status ->
                        status.getState() == null ? null : status.getState().getTerminated())
                .filter(Objects::nonNull)
                .filter(end -> end.getExitCode() != ExitCode.DONE.number()
                        && end.getExitCode() != ExitCode.TERMINATED.number())
                .map(end -> new Death(worker, node, end, LastWords.parse(end.getMessage())));
    }

    private record Death(String worker, @Nullable String node, ContainerStateTerminated end, LastWords words) {
        /** What the JVM ends with when its heap is full, see the image's options. */
        private static final int HEAP_FULL = 3;
        /** Killed, or of unknown end because its node was lost. */
        private static final Set<Integer> BY_NODE = Set.of(137, 255);

        boolean isOutOfMemory() {
            return Objects.equals(end.getReason(), "OOMKilled") || end.getExitCode() == HEAP_FULL;
        }

        /** Whether another node or another time may be better. */
        boolean isInfrastructure() {
            return words.failure()
                    .map(failure ->
                            failure.exitCode() == ExitCode.UNAVAILABLE || ExitPolicy.mayBeLocal(failure.exitCode()))
                    .orElse(!isOutOfMemory() && BY_NODE.contains(end.getExitCode()));
        }

        String how() {
            return isOutOfMemory()
                    ? "out of memory (" + (end.getExitCode() == HEAP_FULL ? "its heap is full" : "OOMKilled")
                            + "): give the pods more in spec.pod.resources"
                    : "exit code " + end.getExitCode();
        }

        String cause() {
            return words.failure().map(JobFailure::getMessage).orElse(how());
        }
    }

    /** Why the job cannot go on, as the first worker that knew has put it: every other worker would meet the same. */
    public Optional<JobFailure> failure() {
        return failures(ExitPolicy::endsJob).findFirst();
    }

    private Stream<JobFailure> failures(java.util.function.Predicate<ExitCode> codes) {
        return all.stream()
                .flatMap(death -> death.words().failure().stream())
                .filter(failure -> codes.test(failure.exitCode()));
    }

    /**
     * A failure that may be of one node only, once it is certain that it is not: an input that workers on two nodes could
     * not read, or a failure of several workers while no worker is left that could do the rest.
     */
    public Optional<JobFailure> confirmed(boolean hasWorkers) {
        Map<String, Set<String>> nodes = new HashMap<>();
        for (Death death : all) {
            Optional<JobFailure> failure = death.words().failure().filter(each -> each.exitCode() == ExitCode.NO_INPUT);
            if (failure.isPresent() && death.node() != null) {
                Set<String> seen =
                        nodes.computeIfAbsent(String.valueOf(failure.get().getMessage()), _ -> new HashSet<>());
                seen.add(death.node());
                if (seen.size() == CONFIRMED) {
                    return failure;
                }
            }
        }
        return hasWorkers || failures(ExitPolicy::mayBeLocal).count() < CONFIRMED
                ? Optional.empty()
                : failures(ExitPolicy::mayBeLocal).findFirst();
    }

    /** The slice that kills every worker that takes it, once that is certain and as long as nobody has finished it. */
    public Optional<JobFailure> poison(@Nullable Coverage coverage) {
        Map<Integer, Integer> bySlice = new HashMap<>();
        for (Death death : all) {
            if (death.words().slice().isEmpty()) {
                continue;
            }
            int slice = death.words().slice().getAsInt();
            if (needs(coverage, slice) && bySlice.merge(slice, 1, Integer::sum) == LIMIT) {
                return Optional.of(new JobFailure(
                        ExitCode.INTERNAL,
                        "slice " + slice + " has killed " + LIMIT + " workers, the last one: " + death.how()));
            }
        }
        return Optional.empty();
    }

    private static boolean needs(@Nullable Coverage coverage, int slice) {
        return coverage == null
                || coverage.isMissing(slice)
                || coverage.wrongStarts().containsKey(slice);
    }

    /** That no worker gets as far as a slice, once that is certain; for jobs of which nothing has been done. */
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

    /** Whether the last worker died of its node or of a service, or none is known to have died of anything. */
    public boolean areOfInfrastructure() {
        return all.isEmpty() || all.getLast().isInfrastructure();
    }

    /** How many workers have died. */
    public int count() {
        return all.size();
    }

    /** What the last one died of, in a few words; empty if none did. */
    public String last() {
        return all.isEmpty() ? "" : all.getLast().cause();
    }
}
