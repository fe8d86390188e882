package io.filejob.service.local;

import io.filejob.api.FileJob;
import io.filejob.service.job.Caller;
import io.filejob.service.job.FileReferences;
import io.filejob.service.job.JobHost;
import io.filejob.service.job.JobName;
import io.filejob.service.job.JobPage;
import io.filejob.service.job.JobQuery;
import io.filejob.service.job.Jobs;
import io.filejob.status.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The jobs of this machine; its user may see all of them. */
public final class LocalHost implements JobHost {
    private static final Set<Phase> UNFINISHED =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Phase.COMPLETE, Phase.FAILED)));

    private final LocalJobs jobs;

    /** Creates the host of {@code jobs}. */
    public LocalHost(LocalJobs jobs) {
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

    @Override
    public Optional<FileReferences> filesInUse(Duration afterEnd) {
        Set<Phase> phases = afterEnd.isZero() ? UNFINISHED : Set.of();
        List<FileReferences> files = new ArrayList<>();
        String next = null;
        do {
            JobPage page = jobs.list(new JobQuery(JobName.LOCAL, phases, null, null, null, JobQuery.MAX_LIMIT, next));
            for (FileJob job : page.items()) {
                files.add(FileReferences.of(job.spec()));
            }
            next = page.next();
        } while (next != null);
        return Optional.of(FileReferences.all(files));
    }

    @Override
    public Map<String, Integer> ownJobs() {
        return jobs.counts();
    }

    @Override
    public void close() {
        jobs.close();
    }
}
