package io.filejob.service.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.filejob.api.FileJob;
import io.filejob.cluster.ClusterNames;
import io.filejob.security.Sha256;
import io.filejob.service.job.Content;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.spec.ConfigMapReference;
import io.filejob.spec.OutputSpec;
import io.filejob.status.FileJobStatus;
import io.filejob.status.Phase;
import io.filejob.status.ResultOutput;
import io.filejob.storage.local.Secrets;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the files that a job has written, with the rights of its caller. */
final class JobContents {
    private static final String CSV = "text/csv";

    private final KubernetesClient client;
    private final FileJob job;
    private final Secrets secrets;
    private final ServiceStorage storage;

    JobContents(KubernetesClient client, FileJob job, Secrets secrets, ServiceStorage storage) {
        this.client = client;
        this.job = job;
        this.secrets = secrets;
        this.storage = storage;
    }

    /** Returns the output; throws {@link ProblemException} if the job is not complete or has none. */
    Content result() {
        FileJobStatus status = complete();
        OutputSpec output = Optional.ofNullable(job.spec().output())
                .orElseThrow(() -> missing("the job has no spec.output; its result is in its status"));
        ResultOutput written = Objects.requireNonNull(status.result()).output();
        String digest = Objects.requireNonNullElse(written.digest(), "");
        if (output.configMap() != null) {
            return inConfigMap(output.configMap(), digest);
        }
        if (output.parts() > 1) {
            throw missing("the output has " + output.parts() + " files; read them at " + output.uri());
        }
        return file(Objects.requireNonNull(output.uri()), digest);
    }

    private FileJobStatus complete() {
        FileJobStatus status = job.status();
        if (status == null || status.phase() != Phase.COMPLETE) {
            throw new ProblemException(ProblemType.CONFLICT, "the job is not complete; its files do not exist yet");
        }
        return status;
    }

    /** Returns the file of bad records; throws {@link ProblemException} if there is none. */
    Content rejects() {
        FileJobStatus status = complete();
        if (status.rejected() == null || status.rejected().uri() == null) {
            throw missing("the job has written no file of bad records");
        }
        return file(status.rejected().uri(), Objects.requireNonNullElse(status.completionTime(), ""));
    }

    private Content inConfigMap(ConfigMapReference reference, String digest) {
        ConfigMap map = FileJobObjects.require(client.configMaps()
                .inNamespace(job.metadata().path("namespace").asText())
                .withName(reference.name()));
        Map<String, String> labels =
                Objects.requireNonNullElse(map.getMetadata().getLabels(), Map.of());
        byte[] bytes = Objects.requireNonNullElse(map.getData(), Map.<String, String>of())
                .getOrDefault(ConfigMapReference.KEY, "")
                .getBytes(StandardCharsets.UTF_8);
        if (!job.metadata().path("uid").asText().equals(labels.get(ClusterNames.RESULT_OF))
                || !Sha256.of(bytes).equals(digest)) {
            throw missing("the ConfigMap " + reference.name() + " no longer holds the result of this job");
        }
        return new Content.StreamedContent(
                job.name() + ".csv",
                CSV,
                bytes.length,
                digest,
                (offset, length) -> new ByteArrayInputStream(bytes, (int) offset, (int) length));
    }

    private Content file(String uri, String version) {
        return uri.startsWith("s3:")
                ? storage.object(job, uri, secrets)
                : storage.file(job, uri, version)
                        .orElseThrow(() -> missing(uri + " is on a volume that this service does not mount; read it"
                                + " with a pod that mounts the claim"));
    }

    private static ProblemException missing(String detail) {
        return new ProblemException(ProblemType.NOT_FOUND, detail);
    }

    /** Returns the media type of a file that a job writes. */
    static String mediaType(String name) {
        return name.endsWith(".csv") ? CSV : "application/octet-stream";
    }
}
