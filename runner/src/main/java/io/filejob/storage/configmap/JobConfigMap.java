package io.filejob.storage.configmap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.kubernetes.ConfigMaps;
import io.filejob.ledger.Versions;
import io.filejob.manifest.ManifestReader;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.validation.InvalidManifestException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The operator's instructions to the workers of a job.
 *
 * @param name the name of the ConfigMap
 * @param uid the UID of the FileJob
 * @param job the FileJob
 * @param workers the number of workers W
 * @param protocol the protocol of the operator that created it: see {@link Cut#PROTOCOL}
 * @param fingerprint the fingerprint of the plan, if the operator knows it, which is the case for generated input
 * @param owners the owner references that ledgers copy, so that they are deleted with the FileJob
 */
public record JobConfigMap(
        String name,
        String uid,
        FileJob job,
        int workers,
        int protocol,
        @Nullable String fingerprint,
        ArrayNode owners) {
    /** Reads the ConfigMap {@code name}; throws {@link JobFailedException} if it does not exist or is not valid. */
    public static JobConfigMap read(ConfigMaps configMaps, String name) {
        JsonNode configMap = configMaps.get(name).orElseThrow(() -> gone(name));
        JsonNode metadata = configMap.path("metadata");
        String uid = metadata.path("labels").path(ClusterNames.JOB_UID).textValue();
        String manifest = configMap.path("data").path(ClusterNames.MANIFEST_KEY).textValue();
        if (uid == null || manifest == null) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "ConfigMap " + name + " is not a job: it needs the label " + ClusterNames.JOB_UID + " and the key "
                            + ClusterNames.MANIFEST_KEY);
        }
        try {
            FileJob job = ManifestReader.readWritten(manifest);
            return new JobConfigMap(
                    name,
                    uid,
                    job,
                    workers(name, metadata).orElse(job.spec().workers()),
                    protocol(name, metadata),
                    metadata.path("annotations").path(ClusterNames.FINGERPRINT).textValue(),
                    owners(metadata));
        } catch (InvalidManifestException e) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST, "the manifest in ConfigMap " + name + ": " + e.getMessage(), e);
        }
    }

    /** Returns the number of workers W, if {@code metadata} has the annotation {@link ClusterNames#WORKERS}. */
    static OptionalInt workers(String name, JsonNode metadata) {
        String text = metadata.path("annotations").path(ClusterNames.WORKERS).textValue();
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[1-9][0-9]{0,6}")) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "annotation " + ClusterNames.WORKERS + " of ConfigMap " + name + " is not a number: " + text);
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static int protocol(String name, JsonNode metadata) {
        String text = metadata.path("annotations").path(ClusterNames.PROTOCOL).textValue();
        if (text == null) {
            return Cut.UNPINNED;
        }
        if (!text.matches("[0-9]{1,6}")) {
            throw new JobFailedException(
                    ExitCode.BAD_MANIFEST,
                    "annotation " + ClusterNames.PROTOCOL + " of ConfigMap " + name + " is not a number: " + text);
        }
        return Integer.parseInt(text);
    }

    /** Throws {@link JobFailedException} if the operator that created this has another protocol than this worker. */
    public void checkProtocol() {
        if (protocol != Cut.PROTOCOL) {
            throw Versions.differ("ConfigMap " + name, protocol);
        }
    }

    static JobFailedException gone(String name) {
        return new JobFailedException(
                ExitCode.STORE_LOST, "the job is gone: there is no ConfigMap " + name + " in this namespace");
    }

    /** Copies the owner references without {@code blockOwnerDeletion}, which requires the right to change the owner. */
    private static ArrayNode owners(JsonNode metadata) {
        ArrayNode owners = JsonNodeFactory.instance.arrayNode();
        for (JsonNode owner : metadata.path("ownerReferences")) {
            owners.add(((ObjectNode) owner.deepCopy()).without("blockOwnerDeletion"));
        }
        return owners;
    }

    /** Throws {@link JobFailedException} if {@code plan} differs from the operator's plan. */
    public void check(Plan plan) {
        if (fingerprint == null || fingerprint.equals(plan.fingerprint().combined())) {
            return;
        }
        throw new JobFailedException(
                ExitCode.BAD_MANIFEST,
                "this worker makes another plan of the job than the operator: their versions do not fit together, use"
                        + " images of one release");
    }
}
