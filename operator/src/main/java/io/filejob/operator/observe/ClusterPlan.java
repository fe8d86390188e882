package io.filejob.operator.observe;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.filejob.model.ExitCode;
import io.filejob.model.FileJob;
import io.filejob.model.FileJobSpec;
import io.filejob.model.InvalidManifest;
import io.filejob.model.JobFailure;
import io.filejob.model.ManifestReader;
import io.filejob.model.Problem;
import io.filejob.operator.api.FileJobResource;
import io.filejob.plan.Planner;
import io.filejob.storage.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From a FileJob in the cluster to its plan. A pure function: the operator never looks at anyone's data. */
final class ClusterPlan {
    private static final Places NOWHERE = new Places(Path.of("/"));

    private ClusterPlan() {}

    static Observation.Planned of(FileJobResource resource) {
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
            checkPlaces(manifest.spec());
            return new Observation.Planned(manifest, Planner.plan(manifest.spec(), NOWHERE), null);
        } catch (InvalidManifest e) {
            return refused(e.problems());
        } catch (JobFailure failure) {
            return new Observation.Planned(null, null, failure);
        }
    }

    /** What admission let through because the resource's definition in the cluster is another version's. */
    private static Observation.Planned refused(List<Problem> problems) {
        String all = problems.stream().map(Problem::toString).collect(Collectors.joining("; "));
        return new Observation.Planned(null, null, new JobFailure(ExitCode.BAD_MANIFEST, all));
    }

    /** A pod's own files are gone with it: what it would write there is lost, and what it should read is not there. */
    private static void checkPlaces(FileJobSpec spec) {
        List<String> unreachable = new ArrayList<>();
        if (spec.input().files() != null) {
            unreachable.add("spec.input.files");
        }
        if (spec.input().generate() != null && spec.input().generate().keep() != null) {
            unreachable.add("spec.input.generate.keep");
        }
        if (spec.output() != null) {
            unreachable.add("spec.output");
        }
        if (spec.store() != null) {
            unreachable.add("spec.store");
        }
        if (!unreachable.isEmpty()) {
            throw new JobFailure(
                    ExitCode.BAD_MANIFEST,
                    String.join(", ", unreachable)
                            + ": this version of FileJob cannot reach files from pods: leave it out (the status holds"
                            + " the result), or run the job where the files are with `filejob run`");
        }
    }
}
