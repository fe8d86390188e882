package io.filejob.service.page;

import io.filejob.api.FileJob;
import io.filejob.file.UriScheme;
import io.filejob.service.ServiceSettings;
import io.filejob.service.ServiceSettings.HostKind;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.Content;
import io.filejob.service.job.Content.PodContent;
import io.filejob.service.job.Content.ReadableContent;
import io.filejob.service.job.Content.RedirectedContent;
import io.filejob.service.job.Content.StreamedContent;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.service.job.RepeatedCheck;
import io.filejob.service.job.TransferStream;
import io.filejob.service.page.OriginalImages.OriginalImage;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.status.Phase;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The compressed images of jobs. */
@Path("/images")
@RunOnVirtualThread
public class ImagesPage {
    private static final int JOBS = 20;

    private final JobHost host;
    private final RoutingContext request;
    private final OriginalImages originals;
    private final ServiceSettings settings;
    private final PageNamespaces namespaces;
    private final Clock clock = Clock.systemUTC();

    ImagesPage(
            JobHost host,
            RoutingContext request,
            OriginalImages originals,
            ServiceSettings settings,
            PageNamespaces namespaces) {
        this.namespaces = namespaces;
        this.host = host;
        this.settings = settings;
        this.request = request;
        this.originals = originals;
    }

    private Jobs jobs() {
        return host.jobs(CallerOf.request(request));
    }

    /** Returns the page of one job; {@code pod} lets it start a pod that reads the job's volume. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance show(@QueryParam("job") @Nullable String name, @QueryParam("pod") boolean pod) {
        Instant now = clock.instant();
        List<JobFigures> all = namespaces.list(chosen -> complete(chosen, name)).items().stream()
                .map(job -> new JobFigures(job, now))
                .toList();
        if (name == null && all.isEmpty()) {
            return PageTemplates.noImages();
        }
        JobFigures current = name == null ? all.getFirst() : new JobFigures(jobs().get(named(name)), now);
        Content list = list(current.job());
        boolean needsPod = list instanceof PodContent && !pod;
        return PageTemplates.images(
                new ImagesView(all, current, needsPod ? List.of() : images(current.job(), list), needsPod));
    }

    private JobPage complete(@Nullable String namespace, @Nullable String shown) {
        try {
            return jobs().list(
                            new JobQuery(namespace, Set.of(Phase.COMPLETE), "compressImages", null, null, JOBS, null));
        } catch (ProblemException e) {
            if (namespace == null && shown != null && shown.contains("/") && e.type() == ProblemType.FORBIDDEN) {
                // A link to a job names the namespace, the only one that many people may see.
                return complete(named(shown).namespace(), shown);
            }
            throw e;
        }
    }

    /** Returns the name of a job, which may have its namespace and a slash before it. */
    private JobName named(String name) {
        int slash = name.indexOf('/');
        return slash < 0
                ? new JobName(namespaces.ofNewJob(), name)
                : new JobName(name.substring(0, slash), name.substring(slash + 1));
    }

    /** Returns the list that a job has written. */
    private Content list(FileJob job) {
        if (job.spec().operation().compressImages() == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "the job " + job.name() + " has no images");
        }
        return jobs().result(new JobName(job.metadata().path("namespace").asText(), job.name()));
    }

    /** Returns the first images of a job. */
    private List<ImageRow> images(FileJob job, Content list) {
        return ImageRow.of(
                job,
                list instanceof RedirectedContent elsewhere && elsewhere.source() == null
                        ? originals.rows(job, elsewhere.location())
                        : ContentStart.csv(list, -1));
    }

    /** Returns an image as it was before, by its number on the page. Only images that the job lists can be fetched. */
    @GET
    @Path("{namespace}/{name}/original/{number}")
    public Response original(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @PathParam("number") int number) {
        JobName id = new JobName(namespace, name);
        Jobs jobs = jobs();
        FileJob job = jobs.get(id);
        String before = images(job, list(job)).stream()
                .filter(row -> row.number() == number)
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "the page has no image " + number))
                .before();
        if (settings.host() == HostKind.CLUSTER && UriScheme.of(before) == UriScheme.FILE) {
            return reading(() -> {
                StreamedContent file = (StreamedContent) readable(jobs.original(id, before));
                OriginalImage image = OriginalImages.onVolume(file);
                return shown(image.type(), transfer(id, jobs, image.content(), file.size()));
            });
        }
        OriginalImage original = originals.fetch(job, jobs.secrets(namespace), before);
        return shown(original.type(), original.content());
    }

    /** Returns a compressed image. */
    @GET
    @Path("{namespace}/{name}/{file}")
    public Response image(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @PathParam("file") String file) {
        JobName id = new JobName(namespace, name);
        Jobs jobs = jobs();
        Content image = jobs.image(id, file);
        if (image instanceof RedirectedContent redirected) {
            // A redirection to another host would not be followed by a page with this policy.
            OriginalImage fetched = originals.fetch(jobs.get(id), redirected.location());
            return shown(fetched.type(), fetched.content());
        }
        return reading(() -> switch (readable(image)) {
            case Content.LocalContent local ->
                shown(local.mediaType(), local.file().toFile());
            case StreamedContent streamed ->
                shown(streamed.mediaType(), transfer(id, jobs, streamed.open(0, streamed.size()), streamed.size()));
        });
    }

    /** Returns a file that this service reads, if need be with a pod. */
    private static ReadableContent readable(Content content) {
        return switch (content) {
            case ReadableContent file -> file;
            case PodContent inPod -> inPod.source().find();
            case RedirectedContent elsewhere -> throw new IllegalStateException(elsewhere.fileName());
        };
    }

    private TransferStream transfer(JobName id, Jobs jobs, InputStream image, long bytes) {
        return new TransferStream(
                image, bytes, new RepeatedCheck(() -> jobs.authorize(id), settings.accessCheck()), request.response());
    }

    /** Responds with an image. */
    private interface ImageRead {
        Response respond() throws IOException;
    }

    private static Response reading(ImageRead image) {
        try {
            return image.respond();
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "the image cannot be read: " + e.getMessage());
        }
    }

    /** Returns an image for a page. Browsers keep it for some minutes, and take it for nothing but an image. */
    private static Response shown(String type, Object content) {
        return Response.ok(content, type)
                .header("Cache-Control", "private, max-age=300")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
