package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.cluster.TerminationMessage;
import io.filejob.failure.ExitCode;
import io.filejob.operator.api.Names;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** When the pods of workers started and why they ended, for metrics. */
public final class WorkerPods {
    private static final String OUT_OF_MEMORY = "OutOfMemory";
    private static final String DISRUPTED = "Disrupted";
    private static final String BY_SIGNAL = "Killed";
    private static final String CRASHED = "Crashed";

    /** The reasons of deaths without a termination message. */
    public static final List<String> CAUSES = List.of(OUT_OF_MEMORY, DISRUPTED, BY_SIGNAL, CRASHED);

    /** Exit code of a JVM that has run out of heap, see the image's options. */
    private static final int HEAP_FULL = 3;
    /** Exit code of a process that was killed. */
    private static final int KILLED = 137;

    private WorkerPods() {}

    /** Returns the start of the first worker, empty if none has started. */
    public static Optional<Instant> firstStart(Collection<Pod> pods) {
        return pods.stream()
                .flatMap(WorkerPods::states)
                .flatMap(state -> Stream.of(
                                state.getRunning() == null
                                        ? null
                                        : state.getRunning().getStartedAt(),
                                state.getTerminated() == null
                                        ? null
                                        : state.getTerminated().getStartedAt())
                        .filter(Objects::nonNull))
                .map(Instant::parse)
                .min(Comparator.naturalOrder());
    }

    /**
     * Returns the reasons of the workers that have ended too early, one word each, by the UIDs of their pods; without
     * those that were told to end, for example since there are fewer workers now.
     */
    public static Map<String, String> deaths(Collection<Pod> pods) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Pod pod : pods) {
            Optional<ContainerStateTerminated> end = states(pod)
                    .map(ContainerState::getTerminated)
                    .filter(Objects::nonNull)
                    .findFirst();
            if (end.isPresent() && end.get().getExitCode() == ExitCode.DONE.number()) {
                continue;
            }
            if (PodStates.isEvicted(pod)) {
                reasons.put(pod.getMetadata().getUid(), DISRUPTED);
            } else if (end.isPresent() && end.get().getExitCode() != ExitCode.TERMINATED.number()) {
                reasons.put(pod.getMetadata().getUid(), reason(end.get()));
            }
        }
        return reasons;
    }

    private static String reason(ContainerStateTerminated end) {
        int code = end.getExitCode();
        if (Objects.equals(end.getReason(), "OOMKilled") || code == HEAP_FULL) {
            return OUT_OF_MEMORY;
        }
        return TerminationMessage.parse(end.getMessage())
                .failure()
                .map(failure -> failure.reason().text())
                .orElse(code == KILLED ? BY_SIGNAL : CRASHED);
    }

    private static Stream<ContainerState> states(Pod pod) {
        if (pod.getStatus() == null) {
            return Stream.of();
        }
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .filter(status -> status.getName() == null || status.getName().equals(Names.CONTAINER))
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull);
    }
}
