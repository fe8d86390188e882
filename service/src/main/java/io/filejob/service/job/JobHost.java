package io.filejob.service.job;

import io.filejob.service.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A machine or cluster that runs jobs. Thread-safe. */
public interface JobHost extends AutoCloseable {
    /** Returns the jobs that {@code caller} may see. */
    Jobs jobs(Caller caller);

    /** Returns the namespace of jobs for which a request names none. */
    String defaultNamespace();

    /**
     * Returns the files that jobs read or write which have not ended, or ended less than {@code afterEnd} ago, and maybe
     * others. These files are kept beyond their expiry. Returns empty if this host may not list jobs, and throws {@link
     * ProblemException} if it cannot.
     */
    Optional<FileReferences> filesInUse(Duration afterEnd);

    /** Returns the numbers of jobs on this machine by state; empty in a cluster. Does not block. */
    Map<String, Integer> ownJobs();

    /** Releases all resources; jobs that have not ended continue in a cluster, and with the next process otherwise. */
    @Override
    void close();
}
