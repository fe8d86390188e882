package io.filejob.service.rest;

import io.filejob.manifest.ManifestReader;
import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.template.Destinations;
import io.filejob.service.template.Form;
import io.filejob.service.template.Template;
import io.filejob.service.template.TemplateInput;
import io.filejob.service.upload.UploadStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;

/** The manifests that forms make, so that people learn them. No job is created. */
@Path("/api/v1/templates/{name}")
@Produces(JobEntity.YAML)
@RunOnVirtualThread
public class TemplatesApi {
    private static final TemplateInput EXAMPLE = new TemplateInput("example", "upload.csv");

    @Inject
    UploadStore store;

    @Inject
    ServiceSettings settings;

    @Inject
    RoutingContext request;

    /** Returns the manifest for the fields in the query. */
    @GET
    public String get(@PathParam("name") String name, @Context UriInfo uri) {
        return manifest(name, uri.getQueryParameters());
    }

    /** Returns the manifest for the fields of a form. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String post(@PathParam("name") String name, MultivaluedMap<String, String> fields) {
        return manifest(name, fields);
    }

    private String manifest(String name, MultivaluedMap<String, String> fields) {
        Form form = new Form(fields);
        Template template = Template.of(name);
        TemplateInput input = form.text("fileId")
                .map(id -> TemplateRequest.input(
                        UploadsOf.caller(store, CallerOf.request(request)).requireComplete(id)))
                .orElse(template.hasFile(form) ? EXAMPLE : null);
        return ManifestReader.write(NewJob.read(template.manifest(form, input, new Destinations(settings)))
                .job());
    }
}
