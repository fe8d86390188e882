package io.filejob.storage.fetch;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.metrics.RetriedService;
import io.filejob.metrics.WorkCounters;
import io.filejob.storage.http.WebClient;
import io.filejob.time.RetryPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Fetches files by {@code http:} and {@code https:}. Safe to use from any thread. */
final class WebFetch {
    /** The delays add to the pauses of hosts. */
    static final RetryPolicy POLICY = new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(8), 0.5, null);

    private final WebClient client;
    private final FetchLimits limits;
    private final HostTurns turns;
    private final Function<String, RetryPolicy.Attempts> retries;
    private final LongSupplier nanoTime;

    WebFetch(WebClient client, FetchLimits limits) {
        this(
                client,
                limits,
                new HostTurns(limits.perHost(), System::nanoTime, TimeUnit.NANOSECONDS::timedWait),
                POLICY::begin,
                System::nanoTime);
    }

    /** Creates it with another clock and other waits, for tests; {@code retries} begins attempts, given a message. */
    WebFetch(
            WebClient client,
            FetchLimits limits,
            HostTurns turns,
            Function<String, RetryPolicy.Attempts> retries,
            LongSupplier nanoTime) {
        this.client = client;
        this.limits = limits;
        this.turns = turns;
        this.retries = retries;
        this.nanoTime = nanoTime;
    }

    /** Writes the file at {@code uri} to {@code target}; returns its size. */
    long fetch(URI uri, Path target) throws FetchException {
        String interrupted = "interrupted while fetching " + uri;
        RetryPolicy.Attempts attempts = retries.apply(interrupted);
        TimeBudget budget = new TimeBudget(limits.time(), nanoTime);
        while (true) {
            try {
                return new WebAttempt(client, limits.bytes(), target, budget).run(uri, turns);
            } catch (RetriableException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new JobFailedException(ExitCode.INTERRUPTED, interrupted, e);
                }
                if (!attempts.fail() || !budget.isLeft()) {
                    throw e.last(attempts.failed());
                }
                WorkCounters.ofProcess().retry(RetriedService.IMAGE);
                attempts.pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobFailedException(ExitCode.INTERRUPTED, interrupted, e);
            }
        }
    }
}
