package io.filejob.service.job;

/** A machine or cluster that runs jobs. Thread-safe. */
public interface JobHost {
    /** Returns the jobs that {@code caller} may see. */
    Jobs jobs(Caller caller);

    /** Returns the namespace of jobs for which a request names none. */
    String defaultNamespace();
}
