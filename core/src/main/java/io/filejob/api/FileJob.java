package io.filejob.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Required;
import io.filejob.status.FileJobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A job over files: the object in a manifest, in the cluster, and in the output of a local run.
 *
 * @param apiVersion always {@value #API_VERSION}
 * @param kind always {@value #KIND}
 * @param metadata Kubernetes object metadata, kept unchanged; {@code name} is required
 * @param spec the desired job
 * @param status the observed state; ignored when a job is read
 */
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec", "status"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileJob(
        @Required String apiVersion,
        @Required String kind,
        @Required JsonNode metadata,
        @Required FileJobSpec spec,
        @Nullable FileJobStatus status) {
    /** The API group and version. */
    public static final String API_VERSION = "filejob.io/v1alpha1";
    /** The kind. */
    public static final String KIND = "FileJob";

    /** Returns the name of the job. */
    public String name() {
        return metadata.path("name").asText();
    }

    /** Returns this job with another status. */
    public FileJob withStatus(FileJobStatus newStatus) {
        return new FileJob(apiVersion, kind, metadata, spec, newStatus);
    }

    /** Returns this job with another number of workers, which never affects the result. */
    public FileJob withWorkers(int workers) {
        return new FileJob(apiVersion, kind, metadata, spec.withWorkers(workers), status);
    }

    /** Returns this job, suspended or not, which never affects the result. */
    public FileJob withSuspend(boolean suspend) {
        return new FileJob(apiVersion, kind, metadata, spec.withSuspend(suspend), status);
    }
}
