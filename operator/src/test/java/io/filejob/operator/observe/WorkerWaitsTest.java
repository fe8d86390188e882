package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.filejob.cluster.ClusterNames;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WorkerWaitsTest {
    private static Pod pod(String uid, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid(uid)
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private static ConfigMap of(String attempt, String waits) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .addToAnnotations(ClusterNames.ATTEMPT, attempt)
                .addToAnnotations(ClusterNames.WAITS, waits)
                .endMetadata()
                .build();
    }

    @Test
    void thoseOfRunningPodsAreShownOnce() {
        List<Pod> pods = List.of(pod("a", "Running"), pod("b", "Running"), pod("c", "Failed"), pod("d", "Running"));
        assertThat(WorkerWaits.of(
                        pods,
                        Stream.of(
                                of("a", "the database"),
                                of("b", "the database"),
                                of("c", "an input"),
                                of("d", ""),
                                of("gone", "a listing"),
                                new ConfigMapBuilder()
                                        .withNewMetadata()
                                        .endMetadata()
                                        .build())))
                .containsExactly("the database");
    }

    @Test
    void theirNumberAndLengthHaveABound() {
        List<Pod> pods =
                IntStream.range(0, 50).mapToObj(i -> pod("" + i, "Running")).toList();
        List<String> waits =
                WorkerWaits.of(pods, IntStream.range(0, 50).mapToObj(i -> of("" + i, i + "x".repeat(900))));
        assertThat(waits).hasSize(3).allSatisfy(each -> assertThat(each).hasSizeLessThan(210));
    }
}
