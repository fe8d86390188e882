package io.filejob.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.Versions;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.operator.api.FileJobResource;
import io.filejob.plan.Cut;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.validation.InvalidManifestException;
import io.filejob.validation.Problem;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans a FileJob in the cluster. A pure function: the operator never reads input files, and knows them from the
 * listing that a worker has pinned.
 */
final class ClusterPlan {
    private ClusterPlan() {}

    /**
     * The ConfigMaps that pin the plan of a job.
     *
     * @param job the ConfigMap of the job, null if it does not exist yet
     * @param listing the ConfigMap with the listing of its input, null if it does not exist yet
     */
    record Pinned(@Nullable ConfigMap job, @Nullable ConfigMap listing) {
        /** No ConfigMap exists yet. */
        static final Pinned NOTHING = new Pinned(null, null);

        /** Returns the cut of the job according to its ConfigMap, or null if that does not exist yet. */
        @Nullable
        String cutOfJob() {
            if (job == null) {
                return null;
            }
            Map<String, String> annotations =
                    Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.of());
            String protocol = annotations.getOrDefault(ClusterNames.PROTOCOL, Integer.toString(Cut.UNPINNED));
            return annotations.getOrDefault(ClusterNames.CUT, "protocol=" + protocol);
        }
    }

    /** Returns the plan of {@code resource}; a job that reads files has none before they are listed. */
    static Observation.Planned of(FileJobResource resource, Pinned pinned) {
        try {
            FileJob manifest = ManifestReader.readWritten(Serialization.asJson(Map.of(
                    "apiVersion",
                    FileJob.API_VERSION,
                    "kind",
                    FileJob.KIND,
                    "metadata",
                    Map.of("name", resource.getMetadata().getName()),
                    "spec",
                    resource.getSpec())));
            return of(manifest, pinned);
        } catch (InvalidManifestException e) {
            return refused(e.problems());
        }
    }

    private static Observation.Planned of(FileJob manifest, Pinned pinned) {
        try {
            PodVolumes.check(manifest.spec());
            PodMemory.check(manifest.spec());
            ReachableLocations.check(manifest.spec());
            return new Observation.Planned(manifest, plan(manifest, pinned), null);
        } catch (JobFailedException failure) {
            return new Observation.Planned(manifest, null, failure);
        }
    }

    private static @Nullable Plan plan(FileJob manifest, Pinned pinned) {
        if (manifest.spec().input().files() == null) {
            return plan(manifest, List.of(), cut(pinned.cutOfJob()));
        }
        if (pinned.listing() == null) {
            return null;
        }
        InputListingConfigMap listing = decode(pinned.listing());
        Cut cut = listing.cut() == null ? new Cut(Cut.UNPINNED, 0, 0, 0, 0) : listing.cut();
        Plan plan = plan(manifest, listing.files(), cut);
        listing.check(plan);
        return plan;
    }

    /**
     * Workers of an earlier release finish the plan that they have begun; the plans of a later release are not known
     * here.
     */
    private static Plan plan(FileJob manifest, List<InputFile> files, @Nullable Cut cut) {
        if (cut == null) {
            return Planner.plan(manifest.spec(), files);
        }
        return switch (cut.protocol()) {
            case Cut.PROTOCOL, Cut.RELEASE_0_1 -> Planner.plan(manifest.spec(), files, cut);
            case Cut.UNPINNED -> Planner.unpinned(manifest.spec(), files);
            default -> throw Versions.differ("the FileJob", cut.protocol());
        };
    }

    private static @Nullable Cut cut(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Cut.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JobFailedException(
                    ExitCode.STORE_LOST,
                    "annotation " + ClusterNames.CUT + " of the job's ConfigMap: " + e.getMessage(),
                    e);
        }
    }

    private static InputListingConfigMap decode(ConfigMap listing) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(listing.getMetadata().getAnnotations(), Map.of());
        Map<String, String> data = Objects.requireNonNullElse(listing.getBinaryData(), Map.of());
        String packed = data.get(ClusterNames.INPUTS_KEY);
        try {
            return InputListingConfigMap.decode(
                    annotations.get(ClusterNames.FINGERPRINT),
                    annotations.get(ClusterNames.CUT),
                    packed == null ? null : Base64.getDecoder().decode(packed));
        } catch (IOException e) {
            throw InputListingConfigMap.unusable(listing.getMetadata().getName(), e);
        } catch (IllegalArgumentException e) {
            throw InputListingConfigMap.unusable(
                    listing.getMetadata().getName(), new IOException("it is not base64", e));
        }
    }

    /**
     * Returns a refusal. Admission lets such a resource through if its definition in the cluster is of another version.
     */
    private static Observation.Planned refused(List<Problem> problems) {
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        return new Observation.Planned(null, null, new JobFailedException(ExitCode.BAD_MANIFEST, all));
    }
}
