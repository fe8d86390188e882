package io.filejob.service.rest;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.value.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Representations of a job: JSON or YAML, as the client prefers. */
final class JobEntity {
    static final String YAML = "application/yaml";
    private static final MediaType YAML_TYPE = MediaType.valueOf(YAML);
    private static final List<Variant> VARIANTS =
            Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, YAML_TYPE).build();

    private JobEntity() {}

    /** Returns the job, or 304 if it has a version of {@code ifNoneMatch}. */
    static Response.ResponseBuilder of(FileJob job, Request request, @Nullable String ifNoneMatch) {
        Variant chosen = request.selectVariant(VARIANTS);
        boolean isYaml = chosen != null && YAML_TYPE.isCompatible(chosen.getMediaType());
        String tag = EntityTags.of(job) + (isYaml ? EntityTags.YAML : "");
        if (EntityTags.matches(ifNoneMatch, tag)) {
            return Response.notModified(tag).header("Vary", "Accept");
        }
        return Response.ok(
                        isYaml ? ManifestReader.write(job) : Json.pretty(job),
                        isYaml ? YAML_TYPE : MediaType.APPLICATION_JSON_TYPE)
                .tag(tag)
                .header("Vary", "Accept");
    }

    /** Returns {@code job} as JSON with {@code status}. */
    static Response.ResponseBuilder json(int status, FileJob job) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Json.pretty(job))
                .tag(EntityTags.of(job));
    }
}
