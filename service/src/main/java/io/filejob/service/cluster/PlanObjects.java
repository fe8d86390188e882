package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.failure.JobFailedException;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the plan of a job from the ConfigMaps in which it is pinned. */
final class PlanObjects {
    private final OwnedConfigMaps configMaps;
    private final FileJob job;

    PlanObjects(OwnedConfigMaps configMaps, FileJob job) {
        this.configMaps = configMaps;
        this.job = job;
    }

    /** Returns the plan; throws {@link ProblemException} before it is made, and after its deletion. */
    Plan plan() {
        try {
            if (job.spec().input().files() == null) {
                return plan(List.of(), configMaps.first(ClusterNames.ROLE_JOB).map(PlanObjects::cut));
            }
            ConfigMap map = configMaps
                    .first(ClusterNames.ROLE_PLAN)
                    .orElseThrow(() -> conflict("its input is not listed yet, or its listing has been deleted"));
            InputListingConfigMap listing = InputListingConfigMap.decode(
                    annotations(map).get(ClusterNames.FINGERPRINT),
                    annotations(map).get(ClusterNames.CUT),
                    Base64.getDecoder()
                            .decode(Objects.requireNonNullElse(map.getBinaryData(), Map.<String, String>of())
                                    .getOrDefault(ClusterNames.INPUTS_KEY, "")));
            return plan(listing.files(), Optional.ofNullable(listing.cut()));
        } catch (JobFailedException | IOException | IllegalArgumentException e) {
            throw conflict(String.valueOf(e.getMessage()));
        }
    }

    private Plan plan(List<InputFile> files, Optional<Cut> cut) {
        return cut.map(pinned -> Planner.plan(job.spec(), files, pinned))
                .orElseGet(() -> Planner.plan(job.spec(), files));
    }

    private static @Nullable Cut cut(ConfigMap map) {
        String text = annotations(map).get(ClusterNames.CUT);
        return text == null ? null : Cut.parse(text);
    }

    private static Map<String, String> annotations(ConfigMap map) {
        return Objects.requireNonNullElse(map.getMetadata().getAnnotations(), Map.of());
    }

    private static ProblemException conflict(String reason) {
        return new ProblemException(ProblemType.CONFLICT, "the job has no plan: " + reason);
    }
}
