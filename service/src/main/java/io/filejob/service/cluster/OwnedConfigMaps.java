package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMaps of a job, as far as a client may list them. Labels can be set by anyone who may write ConfigMaps, so
 * only those count that the FileJob owns.
 */
final class OwnedConfigMaps {
    /** ConfigMaps of a chunk are in memory at the same time, up to 1 MiB each. */
    private static final long CHUNK = 8;

    private final KubernetesClient client;
    private final String namespace;
    private final String uid;

    OwnedConfigMaps(KubernetesClient client, FileJob job) {
        this.client = client;
        this.namespace = job.metadata().path("namespace").asText();
        this.uid = job.metadata().path("uid").asText();
    }

    /** Passes each ConfigMap with {@code role} to {@code consumer}. */
    void forEach(String role, Consumer<ConfigMap> consumer) {
        @Nullable String next = null;
        do {
            ConfigMapList chunk = client.configMaps()
                    .inNamespace(namespace)
                    .withLabels(Map.of(ClusterNames.JOB_UID, uid, ClusterNames.ROLE, role))
                    .list(new ListOptionsBuilder()
                            .withLimit(CHUNK)
                            .withContinue(next)
                            .build());
            chunk.getItems().stream().filter(this::isOwned).forEach(consumer);
            next = chunk.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }

    /** Returns a ConfigMap with {@code role}. */
    Optional<ConfigMap> first(String role) {
        AtomicReference<@Nullable ConfigMap> first = new AtomicReference<>();
        forEach(role, map -> first.compareAndSet(null, map));
        return Optional.ofNullable(first.get());
    }

    private boolean isOwned(ConfigMap map) {
        return map.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> FileJob.KIND.equals(owner.getKind()) && uid.equals(owner.getUid()));
    }
}
