package io.filejob.operator.dependent;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.operator.api.JobSuspension;
import io.filejob.operator.api.Names;
import java.util.HashMap;
import java.util.Map;

/**
 * Suspends and resumes a Job. A Job suspended by another party, such as Kueue or an administrator, stays suspended
 * until that party resumes it; a Job managed by Kueue is stopped through its Workload.
 */
final class Suspension {
    private Suspension() {}

    /** Returns whether {@code actual} has to be changed to be suspended, or resumed. */
    static boolean isDue(Job actual, boolean shouldRest) {
        boolean rests = JobSuspension.isSuspended(actual);
        boolean ours = JobSuspension.isOurs(actual);
        return shouldRest ? !rests || (JobSuspension.isQueued(actual) && !ours) : ours;
    }

    /** Returns the merge patch of the Job; changes its Workloads at once. */
    static Map<String, Object> change(Job actual, boolean shouldRest, KubernetesClient client) {
        boolean rests = JobSuspension.isSuspended(actual);
        boolean isManaged = Workloads.setActive(actual, !shouldRest, client);
        Map<String, Object> patch = new HashMap<>();
        if (!isManaged && shouldRest && rests) {
            // Kueue has not created a Workload yet; the operator checks again as soon as it has.
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

    /** Returns the Job's own labels, and those of its FileJob that Kueue reads. */
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
