package io.filejob.operator.health;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.operator.api.FileJobResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Finds stuck FileJobs, which exist, are not finished, and have not been reconciled for two minutes. (In Java
 * Operator SDK before 5.5.1, a lost event stops the reconciliation of a FileJob permanently, see its issue 3416.) Safe
 * to use from any thread.
 */
@ApplicationScoped
public class Watchdog {
    private static final Logger LOG = Logger.getLogger(Watchdog.class);

    private final KubernetesClient client;
    private final Heartbeats heartbeats;
    private volatile List<String> stuck = List.of();

    Watchdog(KubernetesClient client, Heartbeats heartbeats) {
        this.client = client;
        this.heartbeats = heartbeats;
    }

    /** Returns the stuck FileJobs found by the last {@link #look}, as {@code NAMESPACE/NAME}. */
    List<String> stuck() {
        return stuck;
    }

    /** Looks up the overdue FileJobs on the API server, since a deleted one is not stuck. */
    void look() {
        try {
            stuck = heartbeats.stuck().stream()
                    .filter(this::isThere)
                    .map(job -> job.namespace() + "/" + job.name())
                    .sorted()
                    .toList();
        } catch (KubernetesClientException e) {
            // Nothing can be reconciled without the API server, and a restart would not help.
            LOG.debugf(e, "cannot look up overdue FileJobs");
            stuck = List.of();
        }
    }

    private boolean isThere(Heartbeats.Job job) {
        FileJobResource now = client.resources(FileJobResource.class)
                .inNamespace(job.namespace())
                .withName(job.name())
                .get();
        boolean there = now != null && Objects.equals(now.getMetadata().getUid(), job.uid());
        if (!there) {
            heartbeats.end(job);
        }
        return there;
    }
}
