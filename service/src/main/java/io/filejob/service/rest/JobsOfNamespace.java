package io.filejob.service.rest;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The jobs of a namespace. */
@Path("/api/v1/namespaces/{namespace}/jobs")
public class JobsOfNamespace extends JobsApi {
    @PathParam("namespace")
    String namespace;

    @Override
    String namespace() {
        return namespace;
    }
}
