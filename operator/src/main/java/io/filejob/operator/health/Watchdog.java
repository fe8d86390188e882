package io.filejob.operator.health;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.operator.api.FileJobResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Knows the FileJobs that are stuck: those that are there, are not over, and have not been reconciled for two minutes. (A
 * lost event does that for good in Java Operator SDK before 5.5.1, its issue 3416.) Safe to use from any thread.
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

    /** The names of the stuck ones at the last {@link #look}. */
    List<String> stuck() {
        return stuck;
    }

    /** Asks the API server about those that have not been heard of: a deleted one is not stuck. */
    void look() {
        try {
            stuck = heartbeats.stuck().stream()
                    .filter(this::isThere)
                    .map(job -> job.namespace() + "/" + job.name())
                    .sorted()
                    .toList();
        } catch (KubernetesClientException e) {
            // Without an API server nothing is reconciled, and starting again would not help.
            LOG.debugf(e, "no answer about stuck FileJobs");
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
