package io.filejob.local;

import io.filejob.coverage.Coverage;
import io.filejob.coverage.LineNumbers;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.ledger.SliceResult;
import io.filejob.operation.JobOperation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The workers of a run from their start to their end, with the reports of their progress and the deadline of the job. For
 * one thread, once.
 */
final class SupervisedWorkers {
    /** The time that workers have to finish the current slice. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration REPORT_INTERVAL = Duration.ofMillis(500);

    private final LocalJob job;
    private final Workers workers;
    private final ProgressMeter meter;

    SupervisedWorkers(LocalJob job, Workers workers) {
        this.job = job;
        this.workers = workers;
        this.meter = new ProgressMeter(JobOperation.of(job.job().spec()), job.inFlight());
    }

    /** Runs the workers until the job is committed, and returns their results; then all of them have ended. */
    Coverage run() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread reporter = Thread.ofPlatform().daemon().name("progress").start(() -> report(done));
        Deadline deadline = new Deadline(job.job().spec().activeDeadlineSeconds());
        deadline.watch(workers, GRACE, done);
        try {
            workers.await();
        } catch (JobFailedException failure) {
            workers.stop(GRACE);
            throw earliest(failure);
        } catch (InterruptedException e) {
            if (deadline.isExceeded()) {
                throw deadline.failure(e);
            }
            throw e;
        } finally {
            done.countDown();
            workers.stop(job.options().profile() == null ? Duration.ZERO : GRACE);
            reporter.join();
        }
        Coverage coverage = coverage();
        if (coverage.isComplete()) {
            // Workers that were stopped may have written a partial result after the one that committed the job deleted
            // them.
            job.partials().clear();
            report(coverage);
        }
        return coverage;
    }

    private Coverage coverage() {
        return Coverage.of(job.plan(), job.store().ledgers());
    }

    /** Returns the first of several bad records that workers found at the same time. */
    private JobFailedException earliest(JobFailedException failure) {
        if (failure.exitCode() != ExitCode.BAD_INPUT) {
            return failure;
        }
        Coverage coverage = coverage();
        SliceResult failed = coverage.failed();
        return failed == null || failed.failure() == null
                ? failure
                : new JobFailedException(
                        ExitCode.BAD_INPUT,
                        LineNumbers.failure(coverage, failed, failed.failure()).describe());
    }

    private void report(CountDownLatch done) {
        try {
            while (!done.await(REPORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                report(coverage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JobFailedException failure) {
            // The workers read the same ledgers and report the failure.
            return;
        }
    }

    private void report(Coverage coverage) {
        job.options().progress().accept(meter.measure(coverage));
    }
}
