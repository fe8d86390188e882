package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.Observation;
import io.filejob.operator.observe.Predecessors;
import io.filejob.operator.status.Replacement;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a Job that cannot continue, so that a new one is created. The number of replacements is written to the job's
 * ConfigMap first, so that each Job is counted once even if the operator is killed at any point.
 */
final class Replacing {
    private Replacing() {}

    /** Updates the ConfigMap. Returns true if the observed Job is being deleted. */
    static boolean done(Observation seen, KubernetesClient client) {
        Predecessors before = seen.predecessors();
        Job child = seen.child();
        Optional<String> reason = Replacement.of(seen);
        if (child == null) {
            reason.ifPresent(because ->
                    write(seen, before.replacing(Objects.requireNonNull(before.current()), because), client));
            return false;
        }
        String uid = child.getMetadata().getUid();
        if (uid.equals(before.last())) {
            delete(child, client);
            return true;
        }
        if (reason.isPresent()) {
            write(seen, before.replacing(uid, reason.get()), client);
            delete(child, client);
            return true;
        }
        if (!uid.equals(before.current())) {
            write(seen, before.seeing(uid), client);
        }
        return false;
    }

    private static void write(Observation seen, Predecessors now, KubernetesClient client) {
        client.configMaps()
                .inNamespace(seen.resource().getMetadata().getNamespace())
                .withName(Names.base(seen.resource()))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("metadata", Map.of("annotations", now.annotations()))));
    }

    private static void delete(Job child, KubernetesClient client) {
        client.resource(child)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
    }
}
