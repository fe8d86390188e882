package io.filejob.storage.state;

import io.filejob.ledger.Ledger;
import io.filejob.plan.Cut;
import io.filejob.plan.Fingerprint;
import io.filejob.plan.Plan;
import java.util.List;

/**
 * The store of all ledgers of a job; each worker writes only its own. Failures are {@link io.filejob.failure.JobFailedException}s
 * that name the lost file or object. Safe to use from any thread.
 */
public interface StateStore {
    /** Prefix of the names of jobs that cannot be resumed after their run. */
    String TEMPORARY_JOB = "run-";

    /** Returns the fingerprint of the job to which all ledgers here belong: {@link Fingerprint#combined()}. */
    String fingerprint();

    /** Returns how the job is cut, regardless of the rules of a later release. */
    Cut cut();

    /** Returns a name that identifies this job, also among jobs of the same spec and inputs. */
    String job();

    /** Replaces the attempt's earlier ledger with {@code ledger}; it is durable when this returns. */
    void write(Ledger ledger);

    /** Returns the current ledgers. A ledger that is truncated, damaged or of another job is an error that names it. */
    List<Ledger> ledgers();

    /** Returns the progress of all workers, as far as it is cheap to determine; {@code mine} counts as written. */
    ProgressSnapshot look(Plan plan, Ledger mine);

    /** Returns the intervals for writes and looks. */
    PollingPolicy pollingPolicy();
}
