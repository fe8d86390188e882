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
 * Lets go of a namespace that is being deleted. Its pods go first, and all else only when they are gone (Kubernetes'
 * ordered namespace deletion). But a Job with {@code backoffLimitPerIndex} holds on to a dead pod until it has made the
 * next one, which it cannot do there any more, so that the two wait for one another forever.
 */
final class DyingNamespace {
    /** A pod that is dead and deleted usually goes within a second. */
    private static final Duration OVERDUE = Duration.ofSeconds(10);

    private DyingNamespace() {}

    /** Deletes the child Job if its pods cannot go and its namespace is being deleted; whether that is so. */
    static boolean letGo(Observation seen, KubernetesClient client) {
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

    /** Asks whether something could be created there, without creating it; the operator cannot read namespaces. */
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
