package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.job.Plan;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJob;
import io.filejob.model.InvalidManifest;
import io.filejob.model.JobFailure;
import io.filejob.model.ManifestReader;
import io.filejob.model.Problem;
import io.filejob.operator.api.FileJobResource;
import io.filejob.plan.Planner;
import io.filejob.storage.ClusterNames;
import io.filejob.storage.PlanConfigMap;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a FileJob in the cluster to its plan. A pure function: the operator never looks at anyone's data, and knows input
 * files by the listing that a worker has pinned.
 */
final class ClusterPlan {
    private ClusterPlan() {}

    /** The plan of {@code resource}; of input files there is none before there is a {@code listing}. */
    static Observation.Planned of(FileJobResource resource, @Nullable ConfigMap listing) {
        try {
            FileJob manifest = ManifestReader.read(Serialization.asJson(Map.of(
                    "apiVersion",
                    FileJob.API_VERSION,
                    "kind",
                    FileJob.KIND,
                    "metadata",
                    Map.of("name", resource.getMetadata().getName()),
                    "spec",
                    resource.getSpec())));
            return of(manifest, listing);
        } catch (InvalidManifest e) {
            return refused(e.problems());
        }
    }

    private static Observation.Planned of(FileJob manifest, @Nullable ConfigMap listing) {
        try {
            PodVolumes.check(manifest.spec());
            PodMemory.check(manifest.spec());
            Reach.check(manifest.spec());
            return new Observation.Planned(manifest, plan(manifest, listing), null);
        } catch (JobFailure failure) {
            return new Observation.Planned(manifest, null, failure);
        }
    }

    private static @Nullable Plan plan(FileJob manifest, @Nullable ConfigMap listing) {
        if (manifest.spec().input().files() == null) {
            return Planner.plan(manifest.spec(), List.of());
        }
        if (listing == null) {
            return null;
        }
        PlanConfigMap pinned = decode(listing);
        Plan plan = Planner.plan(manifest.spec(), pinned.files());
        pinned.check(plan);
        return plan;
    }

    private static PlanConfigMap decode(ConfigMap listing) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(listing.getMetadata().getAnnotations(), Map.of());
        Map<String, String> data = Objects.requireNonNullElse(listing.getBinaryData(), Map.of());
        String packed = data.get(ClusterNames.INPUTS_KEY);
        try {
            return PlanConfigMap.decode(
                    annotations.get(ClusterNames.FINGERPRINT),
                    packed == null ? null : Base64.getDecoder().decode(packed));
        } catch (IOException e) {
            throw PlanConfigMap.unusable(listing.getMetadata().getName(), e);
        } catch (IllegalArgumentException e) {
            throw PlanConfigMap.unusable(listing.getMetadata().getName(), new IOException("it is not base64", e));
        }
    }

    /** What admission let through because the resource's definition in the cluster is another version's. */
    private static Observation.Planned refused(List<Problem> problems) {
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        return new Observation.Planned(null, null, new JobFailure(ExitCode.BAD_MANIFEST, all));
    }
}
