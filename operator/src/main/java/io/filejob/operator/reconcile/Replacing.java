package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Predecessors;
import io.filejob.operator.status.Replacement;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a Job that cannot continue, so that a new one is created. The number of replacements is written to the job's
 * ConfigMap first, so that each Job is counted once even if the operator is killed at any point. A write carries the
 * resource version of the observed ConfigMap: the watch of Jobs may be ahead of that of ConfigMaps, and a count from an
 * outdated record must not replace the current one.
 */
final class Replacing {
    private Replacing() {}

    /**
     * Updates the ConfigMap. Returns true if the observed Job is being deleted, or if the record in the ConfigMap is
     * newer than the observed one: then the decision must not be applied.
     */
    static boolean done(Observation seen, KubernetesClient client) {
        Predecessors before = seen.predecessors();
        if (before.version() == null) {
            return false;
        }
        Job child = seen.child();
        Optional<String> reason = Replacement.of(seen);
        if (child == null) {
            return reason.isPresent()
                    && !write(seen, before.replacing(Objects.requireNonNull(before.current()), reason.get()), client);
        }
        String uid = child.getMetadata().getUid();
        if (uid.equals(before.last())) {
            delete(child, client);
            return true;
        }
        if (reason.isPresent()) {
            if (write(seen, before.replacing(uid, reason.get()), client)) {
                delete(child, client);
            }
            return true;
        }
        return !uid.equals(before.current()) && !write(seen, before.seeing(uid), client);
    }

    /** Returns false if the ConfigMap has changed since it was observed; the next observation will see the change. */
    static boolean write(Observation seen, Predecessors now, KubernetesClient client) {
        return write(seen, now, Map.of(), client);
    }

    /** Also writes {@code more} annotations. */
    static boolean write(Observation seen, Predecessors now, Map<String, String> more, KubernetesClient client) {
        Map<String, String> annotations = new HashMap<>(now.annotations());
        annotations.putAll(more);
        Map<String, Object> metadata =
                Map.of("resourceVersion", Objects.requireNonNull(now.version()), "annotations", annotations);
        try {
            client.configMaps()
                    .inNamespace(seen.resource().getMetadata().getNamespace())
                    .withName(Names.base(seen.resource()))
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("metadata", metadata)));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    static void delete(Job child, KubernetesClient client) {
        client.resource(child)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
    }
}
