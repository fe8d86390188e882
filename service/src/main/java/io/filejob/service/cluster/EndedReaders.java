package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.cluster.ClusterNames;
import java.util.Map;
import java.util.Set;

/**
 * The pods of a job that have read a volume and have ended by themselves, since the service that created them has crashed.
 *
 * @param client the client of a caller
 * @param like another pod of the job
 */
record EndedReaders(KubernetesClient client, Pod like) {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** Deletes them, if the caller may list and delete pods. */
    void delete() {
        Map<String, String> labels = like.getMetadata().getLabels();
        try {
            client
                    .pods()
                    .inNamespace(like.getMetadata().getNamespace())
                    .withLabels(Map.of(
                            ClusterNames.JOB_UID,
                            labels.getOrDefault(ClusterNames.JOB_UID, ""),
                            ClusterNames.ROLE,
                            ClusterNames.ROLE_READER))
                    .list()
                    .getItems()
                    .stream()
                    .filter(pod -> pod.getStatus() != null
                            && ENDED.contains(String.valueOf(pod.getStatus().getPhase())))
                    .forEach(pod -> client.resource(pod).delete());
        } catch (KubernetesClientException e) {
            // They take no resources, and are deleted with the FileJob.
            return;
        }
    }
}
