package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.operator.api.FileJobResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Tests whether an object was created for a FileJob: anyone can set labels, and an object may have the name of an
 * earlier one.
 */
final class Ownership {
    private static final String GROUP = FileJob.API_VERSION.substring(0, FileJob.API_VERSION.indexOf('/') + 1);

    private Ownership() {}

    /**
     * Returns whether {@code object} has the UID of {@code job} as its label and its owner, and no other controller.
     */
    static boolean by(FileJobResource job, HasMetadata object) {
        String uid = job.getMetadata().getUid();
        List<OwnerReference> owners =
                Objects.requireNonNullElse(object.getMetadata().getOwnerReferences(), List.of());
        return uid.equals(Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of())
                        .get(ClusterNames.JOB_UID))
                && owners.stream().anyMatch(owner -> isFileJob(owner) && uid.equals(owner.getUid()))
                && owners.stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                        .allMatch(owner -> uid.equals(owner.getUid()));
    }

    private static boolean isFileJob(OwnerReference owner) {
        return FileJob.KIND.equals(owner.getKind())
                && Objects.requireNonNullElse(owner.getApiVersion(), "").startsWith(GROUP);
    }
}
