package io.filejob.service;

import io.filejob.service.job.JobHost;
import io.filejob.service.local.LocalHost;
import io.filejob.service.local.LocalJobs;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** Creates the host that the settings name. */
final class HostProducer {
    @Produces
    @ApplicationScoped
    JobHost host(ServiceSettings settings) {
        return switch (settings.host()) {
            case LOCAL -> new LocalHost(new LocalJobs(settings, Clock.systemUTC()));
            case CLUSTER -> throw new UnsupportedOperationException("there is no host for clusters yet");
        };
    }

    void close(@Disposes JobHost host) {
        host.close();
    }

    /** Begins with the jobs of an earlier process, before the first request. */
    void start(@Observes StartupEvent event, JobHost host) {
        host.defaultNamespace();
    }
}
