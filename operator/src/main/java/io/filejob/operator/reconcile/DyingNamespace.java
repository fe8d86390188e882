package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.operator.observe.Observation;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Unblocks the deletion of a namespace. Kubernetes deletes its pods first and all other objects afterwards (ordered
 * namespace deletion). A Job with {@code backoffLimitPerIndex}, however, keeps a failed pod until it has created the
 * next one, which is no longer possible in that namespace, so that the two wait for each other forever.
 */
final class DyingNamespace {
    /** A pod that has ended and is deleted is usually gone within a second. */
    private static final Duration OVERDUE = Duration.ofSeconds(10);

    private DyingNamespace() {}

    /** Deletes the child Job if its pods are held and its namespace is being deleted. Returns whether it did. */
    static boolean releasePods(Observation seen, KubernetesClient client) {
        Job child = seen.child();
        boolean dying = child != null
                && seen.pods().stream().anyMatch(pod -> isHeld(pod, seen.now()))
                && isDying(child.getMetadata().getNamespace(), client);
        if (dying) {
            client.resource(child)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        }
        return dying;
    }

    private static boolean isHeld(Pod pod, Instant now) {
        String deleted = pod.getMetadata().getDeletionTimestamp();
        return deleted != null
                && List.of("Failed", "Succeeded").contains(pod.getStatus().getPhase())
                && now.isAfter(Instant.parse(deleted).plus(OVERDUE));
    }

    /** Checks with a dry run whether the namespace accepts new objects, since the operator may not read namespaces. */
    private static boolean isDying(String namespace, KubernetesClient client) {
        try {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withGenerateName("filejob-")
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                    && String.valueOf(e.getMessage()).contains("being terminated");
        }
    }
}
