package io.filejob.service.job;

import io.filejob.api.FileJob;
import io.filejob.plan.Plan;
import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import io.filejob.storage.local.Secrets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a caller may see and change. A job is a FileJob with metadata that has {@code name}, {@code namespace}, {@code
 * uid}, {@code creationTimestamp} and {@code resourceVersion}. All methods may block, are safe to call from several
 * threads, and throw {@link ProblemException}, for example for a job that does not exist (404) or that the caller may not
 * access (403).
 */
public interface Jobs {
    /** Returns a page of jobs. */
    JobPage list(JobQuery query);

    /** Returns a job. */
    FileJob get(JobName name);

    /**
     * Creates a job in {@code namespace}; the name in its metadata gets a random suffix. With a {@code key} that the
     * caller has used before for the same job, returns the job created then; for another job, fails (409).
     */
    FileJob create(String namespace, FileJob job, @Nullable String key);

    /** Changes a job; fails (412) if {@code version} is not null and not its current resource version. */
    FileJob update(JobName name, JobChange change, @Nullable String version);

    /** Deletes a job with its result, after it has been stopped; fails (412) like {@link #update}. */
    void delete(JobName name, @Nullable String version);

    /** Does the failed part of an ended job again; fails (409) if nothing can be done again. */
    FileJob redrive(JobName name);

    /** Stops a job, which then has failed; fails (409) if it has ended. */
    FileJob cancel(JobName name);

    /**
     * Calls {@code listener} with the job now and after changes, in order, until the returned watch is closed or the job is
     * deleted ({@code listener} then gets null). A listener that is slow misses states that are superseded meanwhile.
     */
    Watch watch(JobName name, Consumer<@Nullable FileJob> listener);

    /**
     * Returns the output of a complete job; fails (409) before, and (404) if it has none. An output of several files is one
     * file here, with one header; it fails (404) if this host cannot read them.
     */
    Content result(JobName name);

    /** Returns the files of the output in order; fails like {@link #result}. */
    List<ResultPart> parts(JobName name);

    /** Returns a file of the output by its number, from 1; fails like {@link #result}. */
    Content part(JobName name, int number);

    /** Returns the file of bad records of a job; fails like {@link #result}. */
    Content rejects(JobName name);

    /** Returns the flame graph of a job that was profiled, as far as it is recorded; fails (404) if there is none. */
    Content profile(JobName name);

    /**
     * Returns a compressed image of a complete job by the name of its file; fails (404) if the job has no such image, or if
     * this host cannot read it.
     */
    Content image(JobName name, String file);

    /**
     * Returns an image on a volume of a complete job as it was before. The caller checks that the list of the job names {@code
     * uri}. Fails (404) if it is not on a volume, which jobs on one machine do not have, or if this host cannot read it.
     */
    default Content original(JobName name, String uri) {
        throw new ProblemException(ProblemType.NOT_FOUND, uri + " is not on a volume of the job");
    }

    /** Returns the attempts of workers that have a ledger, by index. */
    List<WorkerProgress> workers(JobName name);

    /** Returns the last {@code lines} lines of the log of a worker; on one machine, of the whole job. */
    List<String> log(JobName name, int worker, int lines);

    /** Returns the Secrets that the jobs of {@code namespace} may name, as far as the caller may read them. */
    Secrets secrets(String namespace);

    /** Returns the plan; fails (409) before it is made, and after its deletion. */
    Plan plan(JobName name);

    /** Checks that the caller is still known; fails (401) if not. */
    void authenticate();

    /**
     * Checks that the caller may still see a job, and throws {@link ProblemException} otherwise. It is called every 30
     * seconds for each open stream of events and each download.
     */
    default void authorize(JobName name) {
        get(name);
    }

    /** Checks that the caller may create jobs in {@code namespace}, and so store files for them; fails (403) if not. */
    void authorizeUpload(String namespace);

    /** A subscription. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
