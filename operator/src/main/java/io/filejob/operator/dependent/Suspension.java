package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.api.JobSuspension;
import io.filejob.operator.api.Names;
import java.util.HashMap;
import java.util.Map;

/**
 * Suspends a Job and lets it go on. A Job that somebody else has suspended, such as Kueue or an administrator, stays so
 * until it is resumed by the same hand; one that Kueue manages is stopped through its Workload.
 */
final class Suspension {
    private Suspension() {}

    /** Whether {@code actual} has to be changed so that it rests, or goes on. */
    static boolean isDue(Job actual, boolean shouldRest) {
        boolean rests = JobSuspension.isSuspended(actual);
        boolean ours = JobSuspension.isOurs(actual);
        return shouldRest ? !rests || (JobSuspension.isQueued(actual) && !ours) : ours;
    }

    /** What is to be patched for that; Workloads are changed at once. */
    static Map<String, Object> change(Job actual, boolean shouldRest, KubernetesClient client) {
        boolean rests = JobSuspension.isSuspended(actual);
        boolean isManaged = Workloads.setActive(actual, !shouldRest, client);
        Map<String, Object> patch = new HashMap<>();
        if (!isManaged && shouldRest && rests) {
            // Not in a queue yet: it is looked at again as soon as it is.
            return patch;
        }
        patch.put(
                "metadata",
                Map.of(
                        "annotations",
                        Map.of(JobSuspension.BY_OPERATOR, Boolean.toString(shouldRest)),
                        "resourceVersion",
                        actual.getMetadata().getResourceVersion()));
        boolean isFree = !isManaged && (shouldRest || !JobSuspension.isQueued(actual));
        if (isFree && rests != shouldRest) {
            patch.put("spec", Map.of("suspend", shouldRest));
        }
        return patch;
    }

    /** The labels and annotations of a FileJob that Kueue reads of its Job. */
    static Map<String, String> labels(Map<String, String> own, Map<String, String> ofFileJob) {
        Map<String, String> labels = new HashMap<>(own);
        for (String label : Names.KUEUE_LABELS) {
            String value = ofFileJob.get(label);
            if (value != null) {
                labels.put(label, value);
            }
        }
        return labels;
    }
}
