package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.filejob.cluster.ClusterNames;
import io.filejob.failure.Excerpt;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the reasons for which workers wait from the annotations of their ConfigMaps. */
final class WorkerWaits {
    /** Maximum number of different reasons. */
    private static final int MAX = 3;

    private WorkerWaits() {}

    /** Returns the reasons of {@code pods} that are running; those of other attempts are over. */
    static List<String> of(List<Pod> pods, Stream<ConfigMap> metadata) {
        Set<String> running = pods.stream()
                .filter(PodStates::isAlive)
                .map(pod -> pod.getMetadata().getUid())
                .collect(Collectors.toSet());
        return metadata.map(
                        map -> Objects.requireNonNullElse(map.getMetadata().getAnnotations(), Map.<String, String>of()))
                .filter(annotations -> running.contains(annotations.getOrDefault(ClusterNames.ATTEMPT, "")))
                .map(annotations -> Excerpt.cell(annotations.getOrDefault(ClusterNames.WAITS, "")))
                .filter(reason -> !reason.isBlank())
                .distinct()
                .sorted()
                .limit(MAX)
                .toList();
    }
}
