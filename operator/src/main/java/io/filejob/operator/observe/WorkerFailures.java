package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.cluster.CrashedItems;
import io.filejob.cluster.TerminationMessage;
import io.filejob.coverage.Coverage;
import io.filejob.failure.ExitCode;
import io.filejob.failure.FailureReason;
import io.filejob.failure.FailureReason.Retry;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.api.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The workers that have failed, with their termination messages, the slice in progress and the cause. */
public final class WorkerFailures {
    /** From this number on, failed workers are not a coincidence. */
    private static final int LIMIT = 3;
    /** Number of workers that have to report the same failure to rule out that it is their node's. */
    private static final int CONFIRMED = 2;

    private final List<Death> all;
    /** The nodes of running workers. */
    private final Set<String> nodes;

    /** Reads the statuses of {@code pods}, except those that Kubernetes itself has removed. */
    public WorkerFailures(Collection<Pod> pods) {
        nodes = pods.stream()
                .filter(PodStates::isAlive)
                .flatMap(pod -> Optional.ofNullable(PodStates.node(pod)).stream())
                .collect(Collectors.toSet());
        all = pods.stream()
                .filter(pod -> !PodStates.isDisrupted(pod))
                .flatMap(WorkerFailures::of)
                .sorted(Comparator.comparing(
                        death -> Objects.requireNonNullElse(death.end().getFinishedAt(), "")))
                .toList();
    }

    private static Stream<Death> of(Pod pod) {
        String worker = worker(pod);
        String node = PodStates.node(pod);
        return ends(pod)
                .filter(end -> end.getExitCode() != ExitCode.DONE.number()
                        && end.getExitCode() != ExitCode.TERMINATED.number())
                .map(end -> new Death(worker, node, end, TerminationMessage.parse(end.getMessage())));
    }

    private static Stream<ContainerStateTerminated> ends(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .filter(status -> status.getName() == null || status.getName().equals(Names.CONTAINER))
                .map(status ->
                        status.getState() == null ? null : status.getState().getTerminated())
                .filter(Objects::nonNull);
    }

    /** Returns whether the worker in {@code pod} has ended with success. */
    static boolean hasSucceeded(Pod pod) {
        return ends(pod).anyMatch(end -> end.getExitCode() == ExitCode.DONE.number());
    }

    /** Returns the index of the worker in {@code pod}. */
    static String worker(Pod pod) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return labels.getOrDefault(Names.INDEX, "?");
    }

    private record Death(String worker, @Nullable String node, ContainerStateTerminated end, TerminationMessage words) {
        /** Exit code of a JVM that has run out of heap, see the image's options. */
        private static final int HEAP_FULL = 3;
        /** Exit codes of a killed process, and of a process lost with its node. */
        private static final Set<Integer> BY_NODE = Set.of(137, 255);

        boolean isOutOfMemory() {
            return Objects.equals(end.getReason(), "OOMKilled") || end.getExitCode() == HEAP_FULL;
        }

        /** Returns whether the worker may succeed on another node or at another time. */
        boolean isInfrastructure() {
            return words.failure()
                    .map(failure -> failure.exitCode() == ExitCode.UNAVAILABLE
                            || failure.reason().mayBeLocal())
                    .orElse(!isOutOfMemory() && BY_NODE.contains(end.getExitCode()));
        }

        String how() {
            return isOutOfMemory()
                    ? "out of memory (" + (end.getExitCode() == HEAP_FULL ? "heap full" : "OOMKilled")
                            + "): increase the memory limit in spec.pod.resources"
                    : "exit code " + end.getExitCode();
        }

        String cause() {
            return words.failure().map(JobFailedException::getMessage).orElse(how());
        }
    }

    /**
     * Returns the failure that ends the job, as reported by the first worker that met it: every other worker would fail
     * in the same way.
     */
    public Optional<JobFailedException> failure() {
        return failures(FailureReason::endsJob).findFirst();
    }

    private Stream<JobFailedException> failures(Predicate<FailureReason> reasons) {
        return all.stream()
                .flatMap(death -> death.words().failure().stream())
                .filter(failure -> reasons.test(failure.reason()));
    }

    /**
     * Returns a failure that might be limited to one node, once that is ruled out: workers on two nodes report it, or
     * several workers failed and no other one is left.
     *
     * @param hasWorkers whether a worker is running, or will be as soon as the Job creates its pod
     */
    public Optional<JobFailedException> confirmed(boolean hasWorkers) {
        Map<String, Set<String>> nodes = new HashMap<>();
        for (Death death : all) {
            Optional<JobFailedException> failure =
                    death.words().failure().filter(each -> each.reason().retry() == Retry.UNTIL_CONFIRMED);
            if (failure.isPresent() && death.node() != null) {
                Set<String> seen =
                        nodes.computeIfAbsent(String.valueOf(failure.get().getMessage()), _ -> new HashSet<>());
                seen.add(death.node());
                if (seen.size() == CONFIRMED) {
                    return failure;
                }
            }
        }
        return hasWorkers || failures(FailureReason::mayBeLocal).count() < CONFIRMED
                ? Optional.empty()
                : failures(FailureReason::mayBeLocal).findFirst();
    }

    /** Returns the indexes of the workers whose last attempts failed for a reason that may be limited to their nodes. */
    Set<String> localFailures() {
        Map<String, Boolean> byWorker = new HashMap<>();
        all.forEach(death -> byWorker.put(
                death.worker(),
                death.words()
                        .failure()
                        .filter(failure -> failure.reason().mayBeLocal())
                        .isPresent()));
        byWorker.values().removeIf(isLocal -> !isLocal);
        return byWorker.keySet();
    }

    /**
     * Returns a failure for a slice that has killed at least {@link #LIMIT} workers, unless it has been finished since,
     * or a worker on another node than theirs may still finish it. Deaths at an item do not count, since the item is
     * not tried again.
     */
    public Optional<JobFailedException> sliceCrashLoop(@Nullable Coverage coverage) {
        Map<Integer, List<Death>> bySlice = new TreeMap<>();
        for (Death death : all) {
            if (death.words().item().isEmpty()) {
                death.words().slice().ifPresent(slice -> bySlice.computeIfAbsent(slice, _ -> new ArrayList<>())
                        .add(death));
            }
        }
        return bySlice.entrySet().stream()
                .filter(entry -> needs(coverage, entry.getKey())
                        && entry.getValue().size() >= LIMIT
                        && !mayBeOfOneNode(entry.getValue()))
                .map(entry -> new JobFailedException(
                        ExitCode.INTERNAL,
                        "slice " + entry.getKey() + " has killed "
                                + entry.getValue().size() + " workers, last failure: "
                                + entry.getValue().getLast().how()))
                .findFirst();
    }

    /**
     * Returns whether all of these workers crashed on the same node while a worker is running on another one. Lack of
     * memory is the same on all nodes.
     */
    private boolean mayBeOfOneNode(List<Death> deaths) {
        Set<@Nullable String> theirs = new HashSet<>();
        deaths.forEach(death -> theirs.add(death.isOutOfMemory() ? null : death.node()));
        return theirs.size() == 1 && !theirs.contains(null) && !theirs.containsAll(nodes);
    }

    private static boolean needs(@Nullable Coverage coverage, int slice) {
        return coverage == null
                || coverage.isMissing(slice)
                || coverage.wrongStarts().containsKey(slice);
    }

    /**
     * Returns a failure if {@link #LIMIT} workers have failed before they started a slice; for jobs without any
     * progress.
     */
    public Optional<JobFailedException> startupCrashLoop() {
        boolean certain = all.stream()
                        .filter(death -> death.words().slice().isEmpty()
                                && death.words().failure().isEmpty())
                        .count()
                >= LIMIT;
        return certain
                ? Optional.of(new JobFailedException(
                        ExitCode.INTERNAL,
                        LIMIT + " workers failed before they started a slice, last failure: " + last()))
                : Optional.empty();
    }

    /** Returns {@code known} and the items that were in progress in enough of these workers. */
    public CrashedItems crashedItems(CrashedItems known) {
        Map<CrashedItems.Item, Integer> deaths = new HashMap<>();
        CrashedItems crashed = known;
        for (Death death : all) {
            OptionalInt slice = death.words().slice();
            OptionalInt item = death.words().item();
            if (slice.isPresent() && item.isPresent()) {
                CrashedItems.Item at = new CrashedItems.Item(slice.getAsInt(), item.getAsInt());
                if (deaths.merge(at, 1, Integer::sum) == CrashedItems.DEATHS) {
                    crashed = crashed.with(at);
                }
            }
        }
        return crashed;
    }

    /**
     * Returns a failure for a worker that has run out of memory {@link #LIMIT} times, other than at an item of a slice.
     */
    public Optional<JobFailedException> repeatedOutOfMemory() {
        Map<String, Integer> byWorker = new HashMap<>();
        for (Death death : all) {
            if (death.isOutOfMemory()
                    && death.words().item().isEmpty()
                    && byWorker.merge(death.worker(), 1, Integer::sum) == LIMIT) {
                return Optional.of(new JobFailedException(
                        ExitCode.INTERNAL,
                        "worker " + death.worker() + " has failed " + LIMIT + " times, last failure: " + death.how()));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns whether the last worker failed because of its node or a service, or no worker is known to have failed.
     */
    public boolean areOfInfrastructure() {
        return all.isEmpty() || all.getLast().isInfrastructure();
    }

    /** Returns the number of failed workers. */
    public int count() {
        return all.size();
    }

    /** Returns a short description of the last failure; empty if no worker has failed. */
    public String last() {
        return all.isEmpty() ? "" : all.getLast().cause();
    }
}
