package io.filejob.operator.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.filejob.storage.ClusterNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the objects of a FileJob are called. The UID is in it, so that a deleted job and its namesake never mix. */
public final class Names {
    /** Kueue decides when a Job with this label runs, and how wide: it owns suspend and parallelism. */
    public static final String QUEUE = "kueue.x-k8s.io/queue-name";

    /** The container that works; others, such as sidecars, come from elsewhere. */
    public static final String CONTAINER = "worker";
    /** The label of an Indexed Job's pods. */
    public static final String INDEX = "batch.kubernetes.io/job-completion-index";
    /** What Kueue reads of a Job's labels: the queue, the priority in it, and the longest time to run. */
    public static final List<String> KUEUE_LABELS =
            List.of(QUEUE, "kueue.x-k8s.io/priority-class", "kueue.x-k8s.io/max-exec-time-seconds");
    /** Annotation of a Job: with how many pods it may start where its queue has no room for all. */
    public static final String MIN_PARALLELISM = "kueue.x-k8s.io/job-min-parallelism";

    private static final int NAME_LENGTH = 40;
    private static final int LABEL_LENGTH = 63;
    private static final int UID_LENGTH = 8;

    private Names() {}

    /** The name of the job's ConfigMap and of its child Job, at most 49 characters, as pods get longer ones. */
    public static String base(HasMetadata job) {
        String name = job.getMetadata().getName().replace('.', '-');
        String start = name.substring(0, Math.min(name.length(), NAME_LENGTH));
        while (start.endsWith("-")) {
            start = start.substring(0, start.length() - 1);
        }
        return start + "-" + job.getMetadata().getUid().substring(0, UID_LENGTH);
    }

    /** The labels of an object that belongs to {@code job}. */
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

    /** The owner of what is made for {@code job}: it goes first, and no other controller takes it for its own. */
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

    /** The queue that decides when {@code job} runs, if there is one. */
    public static @Nullable String queue(HasMetadata job) {
        Map<String, String> labels = job.getMetadata().getLabels();
        return labels == null ? null : labels.get(QUEUE);
    }

    /** Selects the pods of {@code job}. */
    public static String podSelector(HasMetadata job) {
        return ClusterNames.JOB_UID + "=" + job.getMetadata().getUid() + "," + ClusterNames.ROLE + "="
                + ClusterNames.ROLE_WORKER;
    }
}
