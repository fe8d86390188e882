package io.filejob.service.rest;

import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** The jobs of all namespaces for lists, and of the default namespace otherwise. */
@Path("/api/v1/jobs")
public class JobsOfHost extends JobsApi {
    @Override
    @Nullable
    String namespace() {
        return null;
    }
}
