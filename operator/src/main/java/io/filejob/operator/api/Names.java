package io.filejob.operator.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.filejob.cluster.ClusterNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names and labels of a FileJob's objects. They contain its UID, so that a deleted job and a later one of the same
 * name never share an object.
 */
public final class Names {
    /** Label of a Job that Kueue manages: Kueue then owns its {@code suspend} and {@code parallelism}. */
    public static final String QUEUE = "kueue.x-k8s.io/queue-name";

    /** The worker's container; a pod may have others, such as sidecars. */
    public static final String CONTAINER = "worker";
    /** Label with the index of a pod of an Indexed Job. */
    public static final String INDEX = "batch.kubernetes.io/job-completion-index";
    /** The labels of a Job that Kueue reads: the queue, the priority within it, and the maximum run time. */
    public static final List<String> KUEUE_LABELS =
            List.of(QUEUE, "kueue.x-k8s.io/priority-class", "kueue.x-k8s.io/max-exec-time-seconds");
    /** Annotation of a Job: the minimum number of pods to start with if its queue has no room for all. */
    public static final String MIN_PARALLELISM = "kueue.x-k8s.io/job-min-parallelism";

    private static final int NAME_LENGTH = 40;
    private static final int LABEL_LENGTH = 63;
    private static final int UID_LENGTH = 8;

    private Names() {}

    /**
     * Returns the name of the job's ConfigMap and of its child Job: at most 49 characters, since pod names are longer.
     */
    public static String base(HasMetadata job) {
        String name = job.getMetadata().getName().replace('.', '-');
        String start = name.substring(0, Math.min(name.length(), NAME_LENGTH));
        while (start.endsWith("-")) {
            start = start.substring(0, start.length() - 1);
        }
        return start + "-" + job.getMetadata().getUid().substring(0, UID_LENGTH);
    }

    /** Returns the labels of an object that belongs to {@code job}. */
    public static Map<String, String> labels(HasMetadata job, String role) {
        return Map.of(
                ClusterNames.MANAGED_BY,
                ClusterNames.OPERATOR,
                ClusterNames.NAME,
                label(job.getMetadata().getName()),
                ClusterNames.JOB_UID,
                job.getMetadata().getUid(),
                ClusterNames.ROLE,
                role);
    }

    private static String label(String name) {
        String start = name.substring(0, Math.min(name.length(), LABEL_LENGTH));
        while (!Character.isLetterOrDigit(start.charAt(start.length() - 1))) {
            start = start.substring(0, start.length() - 1);
        }
        return start;
    }

    /**
     * Returns the owner reference of an object of {@code job}. It makes the FileJob the object's only controller; under
     * foreground deletion, the object is deleted before the FileJob.
     */
    public static OwnerReference owner(FileJobResource job) {
        return new OwnerReferenceBuilder()
                .withApiVersion(job.getApiVersion())
                .withKind(job.getKind())
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** Returns the name of the queue that decides when {@code job} runs, or null if it has no queue. */
    public static @Nullable String queue(HasMetadata job) {
        Map<String, String> labels = job.getMetadata().getLabels();
        return labels == null ? null : labels.get(QUEUE);
    }

    /** Returns the label selector of the worker pods of {@code job}. */
    public static String podSelector(HasMetadata job) {
        return ClusterNames.JOB_UID + "=" + job.getMetadata().getUid() + "," + ClusterNames.ROLE + "="
                + ClusterNames.ROLE_WORKER;
    }
}
