package io.filejob.service.job;

import java.util.Set;

/** A machine or cluster that runs jobs. Thread-safe. */
public interface JobHost extends AutoCloseable {
    /** Returns the jobs that {@code caller} may see. */
    Jobs jobs(Caller caller);

    /** Returns the namespace of jobs for which a request names none. */
    String defaultNamespace();

    /**
     * Returns the locations in {@code spec.input.files} of all jobs that have not ended. Uploads
     * at these locations are kept beyond their expiry.
     */
    Set<String> inputsInUse();

    /** Releases all resources; jobs that have not ended continue in a cluster, and with the next process otherwise. */
    @Override
    void close();
}
