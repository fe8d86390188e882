package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/**
 * The Workloads through which Kueue manages a Job. Kueue starts and stops an admitted Job according to its Workload,
 * and reverts changes of the Job's {@code suspend} by others.
 */
final class Workloads {
    private static final String GROUP = "kueue.x-k8s.io";
    private static final String JOB_UID = "kueue.x-k8s.io/job-uid";

    private Workloads() {}

    /**
     * Sets whether Kueue may admit {@code job}; an inactive one is stopped and kept from running. Returns false if
     * Kueue does not manage it.
     */
    static boolean setActive(Job job, boolean active, KubernetesClient client) {
        APIGroup group = client.getApiGroup(GROUP);
        if (group == null) {
            return false;
        }
        ResourceDefinitionContext workloads = new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(group.getPreferredVersion().getVersion())
                .withKind("Workload")
                .withPlural("workloads")
                .withNamespaced(true)
                .build();
        List<GenericKubernetesResource> ofJob = client.genericKubernetesResources(workloads)
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel(JOB_UID, job.getMetadata().getUid())
                .list()
                .getItems();
        for (GenericKubernetesResource workload : ofJob) {
            client.genericKubernetesResources(workloads)
                    .inNamespace(job.getMetadata().getNamespace())
                    .resource(workload)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"active\":" + active + "}}");
        }
        return !ofJob.isEmpty();
    }
}
