package io.filejob.service;

import io.filejob.service.job.JobHost;
import io.filejob.service.local.LocalHost;
import io.filejob.service.local.LocalJobs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** Creates the host that the settings name. */
final class HostProducer {
    @Produces
    @ApplicationScoped
    JobHost host(ServiceSettings settings) {
        return switch (settings.host()) {
            case LOCAL -> new LocalHost(new LocalJobs(settings.local(), Clock.systemUTC()));
            case CLUSTER -> throw new UnsupportedOperationException("there is no host for clusters yet");
        };
    }
}
