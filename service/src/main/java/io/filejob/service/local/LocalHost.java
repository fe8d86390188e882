package io.filejob.service.local;

import io.filejob.service.job.Caller;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.Jobs;

/** The jobs of this machine, all of which its user may see. */
public final class LocalHost implements JobHost {
    private final Jobs jobs;

    /** Creates the host of {@code jobs}. */
    public LocalHost(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public Jobs jobs(Caller caller) {
        return jobs;
    }

    @Override
    public String defaultNamespace() {
        return JobName.LOCAL;
    }
}
