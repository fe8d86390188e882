package io.filejob.service.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.Jobs;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.validation.InvalidManifestException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A job to be created.
 *
 * @param job the job
 */
record NewJob(FileJob job) {
    /** Reads a manifest in YAML or JSON; throws {@link ProblemException} with all of its problems. */
    static NewJob read(String manifest) {
        if (manifest.length() > ManifestReader.MAX_BYTES) {
            throw new ProblemException(ProblemType.TOO_LARGE, ManifestReader.TOO_LARGE);
        }
        try {
            return new NewJob(ManifestReader.read(manifest));
        } catch (InvalidManifestException e) {
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the manifest is not valid",
                    e.problems().stream()
                            .map(problem -> ProblemDetail.ofField(problem.field(), problem.message()))
                            .toList());
        }
    }

    /** Creates the job and returns 202 with its location. */
    Response create(JobHost host, Jobs jobs, @Nullable String namespace, @Nullable String key) {
        FileJob created = createIn(host, jobs, namespace, key);
        return JobEntity.json(202, created)
                .location(URI.create(path(created, host, namespace)))
                .build();
    }

    /** Creates the job in {@code namespace}, else in the one that its manifest names, else in the default one. */
    FileJob createIn(JobHost host, Jobs jobs, @Nullable String namespace, @Nullable String key) {
        JsonNode given = job.metadata().path("namespace");
        if (!given.isMissingNode() && !given.isTextual()) {
            throw ProblemException.ofField(
                    "metadata.namespace", "not a text (" + given + "); use a name, or remove it");
        }
        String named = given.asText();
        if (namespace != null && !named.isEmpty() && !named.equals(namespace)) {
            throw ProblemException.ofField(
                    "metadata.namespace",
                    "not the namespace of the path (" + named + "); use " + namespace + ", or remove it");
        }
        String chosen = namespace == null && !named.isEmpty() ? named : namespace;
        return jobs.create(JobNames.namespace(host, chosen), job, Parameters.idempotencyKey(key));
    }

    /** Returns the path of {@code created}, which begins like the path of the request if possible. */
    static String path(FileJob created, JobHost host, @Nullable String namespace) {
        String actual = created.metadata().path("namespace").asText(host.defaultNamespace());
        return namespace == null && actual.equals(host.defaultNamespace())
                ? "/api/v1/jobs/" + created.name()
                : "/api/v1/namespaces/" + actual + "/jobs/" + created.name();
    }
}
