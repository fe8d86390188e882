package io.filejob.storage;

import io.filejob.job.Cut;
import io.filejob.job.Fingerprint;
import io.filejob.job.Ledger;
import io.filejob.job.Plan;
import java.util.List;

/**
 * Where the workers of one job keep their ledgers, each its own. Failures are {@link io.filejob.model.JobFailure}s that
 * name what is lost. Safe to use from any thread.
 */
public interface StateStore {
    /** Begins the names of jobs that end with the run that began them. */
    String TEMPORARY_JOB = "run-";

    /** The job that all ledgers here belong to: {@link Fingerprint#combined()}. */
    String fingerprint();

    /** How the job is cut, whatever a later release would do. */
    Cut cut();

    /** Names the job, unlike any other: also unlike one of the same spec and inputs. */
    String job();

    /** Puts {@code ledger} in the place of the same attempt's earlier one; it is durable when this returns. */
    void write(Ledger ledger);

    /** All ledgers as they stand. One that is torn, damaged or another job's is an error that names it. */
    List<Ledger> ledgers();

    /** What all workers together have done, as far as that is cheap to know; {@code mine} counts as written. */
    Look look(Plan plan, Ledger mine);

    /** How often to write and to look. */
    Pace pace();
}
