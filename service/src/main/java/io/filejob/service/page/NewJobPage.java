package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Caller;
import io.filejob.service.job.JobHost;
import io.filejob.service.problem.ProblemDetail;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.service.template.Destinations;
import io.filejob.service.upload.FileRenewal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The forms for new jobs, one for each use. */
@Path("/new/{use}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class NewJobPage {
    private final JobHost host;
    private final RoutingContext request;
    private final Destinations destinations;
    private final UploadedFileCheck fileCheck;
    private final FileRenewal renewal;
    private final PageNamespaces namespaces;

    NewJobPage(
            JobHost host,
            RoutingContext request,
            ServiceSettings settings,
            UploadedFileCheck fileCheck,
            FileRenewal renewal,
            PageNamespaces namespaces) {
        this.namespaces = namespaces;
        this.renewal = renewal;
        this.fileCheck = fileCheck;
        this.host = host;
        this.request = request;
        this.destinations = new Destinations(settings);
    }

    private static JobUse use(String id) {
        return JobUse.find(id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "there is no form for " + id));
    }

    /** Returns the form. */
    @GET
    public TemplateInstance show(@PathParam("use") String id) {
        JobUse use = use(id);
        String key = UUID.randomUUID().toString();
        JobDraft draft = use.opened(key, destinations);
        return switch (use) {
            case AVERAGE -> PageTemplates.newAverage(use, draft, key);
            case PRODUCTS -> PageTemplates.newProducts(use, draft, key);
            case SONGS -> PageTemplates.newSongs(use, draft, key);
            case IMAGES -> PageTemplates.newImages(use, draft, key);
            case YAML -> PageTemplates.newYaml(use, draft, key);
        };
    }

    /** Returns the manifest that a form describes, and its problems. */
    @POST
    @Path("draft")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance draft(@PathParam("use") String id, MultivaluedMap<String, String> form) {
        JobUse use = use(id);
        return PageTemplates.draft(use, use.draft(form, destinations));
    }

    /**
     * Creates the job that a form describes. The key in the form is that of the request, so that a form that is sent twice
     * creates one job.
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(
            @PathParam("use") String id,
            MultivaluedMap<String, String> form,
            @HeaderParam("HX-Request") @Nullable String script) {
        JobDraft draft = use(id).draft(form, destinations);
        Optional<FileJob> job = draft.problems().isEmpty() ? draft.job() : Optional.empty();
        if (job.isPresent() && use(id) != JobUse.YAML) {
            draft = draft.with(fileCheck.problems(job.get(), CallerOf.request(request)));
        }
        if (!draft.problems().isEmpty()) {
            if (script != null) {
                return Response.ok(PageTemplates.draft(use(id), draft)).build();
            }
            throw new ProblemException(
                    ProblemType.INVALID,
                    "the form is not valid",
                    draft.problems().stream()
                            .map(problem -> ProblemDetail.ofField(problem.field(), problem.message()))
                            .toList());
        }
        String key = Objects.requireNonNullElse(form.getFirst("key"), "");
        Caller caller = CallerOf.request(request);
        renewal.renew(job.orElseThrow(), caller);
        FileJob created = host.jobs(caller)
                .create(
                        namespaces.ofNewJob(form.getFirst(PageNamespaces.PARAMETER)),
                        job.orElseThrow(),
                        key.isEmpty() ? null : key);
        String page = "/jobs/" + created.metadata().path("namespace").asText() + "/" + created.name();
        return script == null
                ? Response.seeOther(URI.create(page)).build()
                : Response.ok("").header("HX-Redirect", page).build();
    }
}
