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
import io.filejob.status.Phase;
import io.filejob.status.ResultOutput;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the files that a job has written, with the rights of its caller. Safe to use from any thread. */
final class JobContents {
    private static final String CSV = "text/csv";

    private final KubernetesClient client;
    private final FileJob job;

    JobContents(KubernetesClient client, FileJob job) {
        this.client = client;
        this.job = job;
    }

    /** Returns the output; throws {@link ProblemException} if the job is not complete or has none. */
    Content result() {
        if (job.status() == null || job.status().phase() != Phase.COMPLETE) {
            throw new ProblemException(ProblemType.CONFLICT, "the job is not complete; its result does not exist yet");
        }
        OutputSpec output = Optional.ofNullable(job.spec().output())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "the job has no spec.output; its result is in its status"));
        ConfigMapReference configMap = output.configMap();
        return configMap == null ? file(Objects.requireNonNull(output.uri())) : inConfigMap(configMap);
    }

    /** Returns the file of bad records; throws {@link ProblemException} if there is none. */
    Content rejects() {
        if (job.status() == null || job.status().phase() != Phase.COMPLETE) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "the job is not complete; its file of bad records does not exist yet");
        }
        if (job.status().rejected() == null || job.status().rejected().uri() == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the job has written no file of bad records");
        }
        return file(job.status().rejected().uri());
    }

    private Content inConfigMap(ConfigMapReference reference) {
        ConfigMap map = FileJobObjects.require(client.configMaps()
                .inNamespace(job.metadata().path("namespace").asText())
                .withName(reference.name()));
        Map<String, String> labels =
                Objects.requireNonNullElse(map.getMetadata().getLabels(), Map.of());
        byte[] bytes = Objects.requireNonNullElse(map.getData(), Map.<String, String>of())
                .getOrDefault(ConfigMapReference.KEY, "")
                .getBytes(StandardCharsets.UTF_8);
        if (!job.metadata().path("uid").asText().equals(labels.get(ClusterNames.RESULT_OF))
                || !Sha256.of(bytes).equals(output().digest())) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "the ConfigMap " + reference.name() + " no longer holds the result of this job");
        }
        return new Content.StreamedContent(
                job.name() + ".csv",
                CSV,
                bytes.length,
                Objects.requireNonNull(output().digest()),
                (offset, length) -> new ByteArrayInputStream(bytes, (int) offset, (int) length));
    }

    private ResultOutput output() {
        return Objects.requireNonNull(Objects.requireNonNull(job.status()).result())
                .output();
    }

    private Content file(String uri) {
        throw new ProblemException(
                ProblemType.NOT_FOUND, uri + " is on storage that this service does not access; read it there");
    }
}
