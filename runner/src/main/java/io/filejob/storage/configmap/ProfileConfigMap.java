package io.filejob.storage.configmap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.StacksConfigMap;
import io.filejob.kubernetes.ConfigMaps;

/** The ConfigMap with the profile of an attempt of a worker. It is deleted with the FileJob, and not with the ledgers. */
public final class ProfileConfigMap {
    private ProfileConfigMap() {}

    /** Replaces the profile of the attempt with {@code stacks}. */
    public static void write(ConfigMaps configMaps, JobConfigMap job, int worker, String attempt, String stacks) {
        String name = ClusterNames.profile(job.name(), worker, attempt);
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("name", name);
        metadata.putObject("labels")
                .put(ClusterNames.MANAGED_BY, ClusterNames.OPERATOR)
                .put(ClusterNames.JOB_UID, job.uid())
                .put(ClusterNames.ROLE, ClusterNames.ROLE_PROFILE);
        metadata.putObject("annotations")
                .put(ClusterNames.WORKER, Integer.toString(worker))
                .put(ClusterNames.ATTEMPT, attempt);
        metadata.set("ownerReferences", job.owners());
        ObjectNode configMap = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .set("metadata", metadata);
        configMap.putObject("binaryData").put(ClusterNames.STACKS_KEY, StacksConfigMap.encode(stacks));
        configMaps.write(name, configMap);
    }
}
