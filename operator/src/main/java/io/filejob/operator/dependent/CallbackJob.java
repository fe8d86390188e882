package io.filejob.operator.dependent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.manifest.ManifestReader;
import io.filejob.operator.OperatorSettings;
import io.filejob.operator.api.FileJobResource;
import io.filejob.operator.api.Names;
import io.filejob.status.FileJobStatus;

/**
 * An attempt to call the receiver of {@code spec.callback}: a Job with one pod, which runs {@code filejob notify}, and a
 * ConfigMap with the finished FileJob, which the pod mounts. The pod has no access to the API server.
 */
public final class CallbackJob {
    /** Longer than an attempt takes; also limits a pod that cannot start. */
    private static final long DEADLINE_SECONDS = 180;
    /** The Job outlives an operator that is down for a day; it is deleted as soon as its outcome is recorded. */
    private static final int TTL_SECONDS = 86_400;

    private CallbackJob() {}

    /** Returns the ConfigMap with {@code job}, which ended with {@code status}. */
    public static ConfigMap message(FileJobResource job, FileJobStatus status) {
        ObjectNode metadata = JsonNodeFactory.instance
                .objectNode()
                .put("name", job.getMetadata().getName())
                .put("namespace", job.getMetadata().getNamespace())
                .put("uid", job.getMetadata().getUid());
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(messageName(job))
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(Names.labels(job, ClusterNames.ROLE_CALLBACK))
                .withOwnerReferences(Names.owner(job))
                .endMetadata()
                .withImmutable(true)
                .addToData(
                        ClusterNames.MANIFEST_KEY,
                        ManifestReader.write(
                                new FileJob(FileJob.API_VERSION, FileJob.KIND, metadata, job.getSpec(), status)))
                .build();
    }

    /** Returns the name of that ConfigMap. */
    public static String messageName(FileJobResource job) {
        return Names.base(job) + "-" + ClusterNames.ROLE_CALLBACK;
    }

    /** Returns the Job of attempt {@code number} at the message about the end in {@code status}. */
    public static Job of(FileJobResource job, FileJobStatus status, int number, OperatorSettings settings) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(messageName(job) + "-" + number)
                .withNamespace(job.getMetadata().getNamespace())
                .withLabels(Names.labels(job, ClusterNames.ROLE_CALLBACK))
                .addToAnnotations(ClusterNames.CALLBACK_ATTEMPT, Integer.toString(number))
                .addToAnnotations(ClusterNames.CALLBACK_END, status.completionTime())
                .withOwnerReferences(Names.owner(job))
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                .withTtlSecondsAfterFinished(TTL_SECONDS)
                .withTemplate(PodTemplate.ofCallback(job, settings, messageName(job)))
                .endSpec()
                .build();
    }
}
