package io.filejob.storage.configmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.cluster.ClusterNames;
import io.filejob.cluster.InputListingConfigMap;
import io.filejob.failure.JobFailedException;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads and writes the {@link InputListingConfigMap} of a job, which the first worker pins for all. */
public final class PinnedListing {
    private PinnedListing() {}

    /** Reads the listing of {@code job}, if a worker has pinned it. */
    public static Optional<InputListingConfigMap> read(ConfigMaps configMaps, JobConfigMap job) {
        String name = ClusterNames.plan(job.name());
        return configMaps.get(name).map(configMap -> {
            try {
                byte[] packed = configMap
                        .path("binaryData")
                        .path(ClusterNames.INPUTS_KEY)
                        .binaryValue();
                JsonNode annotations = configMap.at("/metadata/annotations");
                return InputListingConfigMap.decode(
                        annotations.path(ClusterNames.FINGERPRINT).textValue(),
                        annotations.path(ClusterNames.CUT).textValue(),
                        packed);
            } catch (IOException e) {
                throw InputListingConfigMap.unusable(name, e);
            }
        });
    }

    /**
     * Pins the listing of {@code plan} for all workers, unless another worker was first; the returned listing is the
     * valid one. Throws {@link JobFailedException} if there are too many files.
     */
    public static InputListingConfigMap pin(ConfigMaps configMaps, JobConfigMap job, Plan plan) {
        List<InputFile> files = ((FileSlicing) plan.slicing()).files();
        byte[] packed = InputListingConfigMap.encode(files);
        String name = ClusterNames.plan(job.name());
        ObjectNode configMap = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("immutable", true);
        ObjectNode metadata = configMap.putObject("metadata").put("name", name);
        metadata.putObject("labels")
                .put(ClusterNames.MANAGED_BY, ClusterNames.OPERATOR)
                .put(ClusterNames.JOB_UID, job.uid())
                .put(ClusterNames.ROLE, ClusterNames.ROLE_PLAN);
        metadata.putObject("annotations")
                .put(ClusterNames.FINGERPRINT, plan.fingerprint().combined())
                .put(ClusterNames.CUT, plan.fingerprint().cut().text());
        metadata.set("ownerReferences", job.owners());
        configMap.putObject("binaryData").put(ClusterNames.INPUTS_KEY, packed);
        if (!configMaps.create(name, configMap)) {
            throw InputListingConfigMap.tooLarge(files.size(), packed.length, InputListingConfigMap.LIMIT);
        }
        return read(configMaps, job).orElseThrow(() -> JobConfigMap.gone(name));
    }
}
