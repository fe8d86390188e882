package io.filejob.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.filejob.cluster.ClusterNames;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.JobOperation;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.operator.observe.Observation;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records which FileJobs may leave data outside the cluster: staging tables, or partial results in {@code spec.store}.
 * The record is a ConfigMap without an owner, so that it outlives the FileJob. It replaces a finalizer: a deletion
 * never waits for the operator, which cleans up once it is running again ({@link LeftoversSweep}). Safe to use from any
 * thread.
 */
@ApplicationScoped
public class Leftovers {
    /** The role of a record. */
    static final String ROLE = "leftovers";

    private final KubernetesClient client;
    /** UIDs of the FileJobs that are known to have a record. */
    private final Set<String> recorded = ConcurrentHashMap.newKeySet();

    Leftovers(KubernetesClient client) {
        this.client = client;
    }

    /** Creates the record unless it exists, before the first worker starts. */
    void expect(Observation seen) {
        FileJobResource job = seen.resource();
        if (!JobOperation.of(job.getSpec()).leavesData()
                || !recorded.add(job.getMetadata().getUid())) {
            return;
        }
        try {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(name(job))
                            .withNamespace(job.getMetadata().getNamespace())
                            .withLabels(Names.labels(job, ROLE))
                            .addToAnnotations(
                                    ClusterNames.JOB_NAME, job.getMetadata().getName())
                            .endMetadata()
                            .addToData(ClusterNames.MANIFEST_KEY, ManifestReader.write(seen.manifest()))
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                recorded.remove(job.getMetadata().getUid());
                throw e;
            }
        }
    }

    /** Deletes the record of a complete job, which has removed all of its data itself. */
    void none(FileJobResource job) {
        recorded.remove(job.getMetadata().getUid());
        if (JobOperation.of(job.getSpec()).leavesData()) {
            client.configMaps()
                    .inNamespace(job.getMetadata().getNamespace())
                    .withName(name(job))
                    .delete();
        }
    }

    private static String name(FileJobResource job) {
        return Names.base(job) + "-" + ROLE;
    }
}
