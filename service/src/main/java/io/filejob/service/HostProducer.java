package io.filejob.service;

import io.filejob.service.access.Authentication;
import io.filejob.service.cluster.ClusterHost;
import io.filejob.service.job.JobHost;
import io.filejob.service.local.LocalHost;
import io.filejob.service.local.LocalJobs;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Creates the host that the settings name. */
final class HostProducer {
    @Produces
    @Singleton
    JobHost host(ServiceSettings settings, Vertx vertx) {
        return switch (settings.host()) {
            case LOCAL -> new LocalHost(new LocalJobs(settings, Clock.systemUTC()));
            case CLUSTER -> new ClusterHost(settings, vertx, Clock.systemUTC());
        };
    }

    void close(@Disposes JobHost host) {
        host.close();
    }

    /** Begins with the jobs of an earlier process, before the first request. */
    void start(@Observes StartupEvent event, JobHost host) {
        host.defaultNamespace();
    }

    @Produces
    @Singleton
    Authentication authentication(JobHost host) {
        return host instanceof ClusterHost cluster ? cluster.authentication() : Authentication.NONE;
    }
}
