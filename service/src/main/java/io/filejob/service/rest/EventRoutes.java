package io.filejob.service.rest;

import io.filejob.api.FileJob;
import io.filejob.service.ServiceSettings;
import io.filejob.service.access.CallerOf;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;

/** The routes of streams of events. They are not resources, since an open stream must not need a thread. */
@Singleton
public final class EventRoutes {
    /** The order of routes of this service: after the filters, before the limit of bodies and the resources. */
    static final int ORDER = -100;

    private final JobHost host;
    private final ServiceSettings settings;

    EventRoutes(JobHost host, ServiceSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    void register(@Observes Router router) {
        router.get("/api/v1/jobs/:name/events").order(ORDER).handler(this::open);
        router.get("/api/v1/namespaces/:namespace/jobs/:name/events")
                .order(ORDER)
                .handler(this::open);
    }

    private void open(RoutingContext request) {
        Jobs jobs = host.jobs(CallerOf.request(request));
        String seen = request.request().getHeader("Last-Event-ID");
        Blocking.run(request, () -> {
            JobName name = JobNames.of(
                    host, request.pathParam("namespace"), Objects.requireNonNull(request.pathParam("name")));
            FileJob job = jobs.get(name);
            if (EventStream.isEnded(job) && EntityTags.of(job).equals(seen)) {
                // Browsers connect again after the end of a stream, but not after this status.
                return () -> request.response().setStatusCode(204).end();
            }
            return () -> new EventStream(request, jobs, name, seen, settings).open();
        });
    }
}
