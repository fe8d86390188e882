package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** Watched objects use as little memory as decisions allow, regardless of their content. */
final class PruningTest {
    private final KubernetesSerialization serialization = Pruning.serialization();

    @Test
    void onlyKnownLabelsAndAnnotationsAreKeptAndLongOnesAsDigests() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            many.append(", \"filejob.io/x").append(i).append("\": \"y\"");
        }
        ConfigMap map = serialization.unmarshal("""
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "managedFields": [{"manager": "m"}],
                 "labels": {"filejob.io/role": "ledger", "app": "x"},
                 "annotations": {"note": "z", "filejob.io/done": "%s"%s}}}
                """.formatted("1,".repeat(50_000), many), ConfigMap.class);

        assertThat(map.getMetadata().getManagedFields()).isEmpty();
        assertThat(map.getMetadata().getLabels()).containsOnlyKeys("filejob.io/role");
        assertThat(map.getMetadata().getAnnotations()).hasSize(32).doesNotContainKey("note");
        assertThat(map.getMetadata().getAnnotations().get("filejob.io/done"))
                .isEqualTo(Pruning.kept("1,".repeat(50_000)))
                .hasSizeLessThan(100);
    }

    @Test
    void metadataInAWatchIsAConfigMap() {
        WatchEvent event = serialization.unmarshal("""
                {"type": "ADDED", "object": {"apiVersion": "meta.k8s.io/v1", "kind": "PartialObjectMetadata",
                 "metadata": {"name": "a", "uid": "u"}}}
                """, WatchEvent.class);

        assertThat(event.getObject()).isInstanceOfSatisfying(ConfigMap.class, map -> assertThat(
                        map.getMetadata().getName())
                .isEqualTo("a"));
    }

    @Test
    void podsKeepTheirStatusAndTheirNode() {
        Pod pod = serialization.unmarshal("""
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
                 "spec": {"nodeName": "n", "containers": [{"name": "worker", "image": "i"}], "volumes": [{"name": "v"}]},
                 "status": {"phase": "Running", "containerStatuses": [{"name": "worker", "restartCount": 2}]}}
                """, Pod.class);

        assertThat(pod.getSpec().getNodeName()).isEqualTo("n");
        assertThat(pod.getSpec().getContainers()).isEmpty();
        assertThat(pod.getSpec().getVolumes()).isEmpty();
        assertThat(pod.getStatus().getContainerStatuses()).hasSize(1);
    }
}
