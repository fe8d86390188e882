package io.filejob.storage;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.ListingProgress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Waits for a listing in another thread, since a file system that does not respond cannot be interrupted. The wait ends
 * when the caller is interrupted, or when there was no progress for a while.
 */
final class ListingWait {
    /** Maximum time without progress, longer than requests to a service are retried. */
    static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Duration REPORT_INTERVAL = Duration.ofMillis(500);

    private final Duration limit;
    private final Consumer<String> waiting;

    /** Creates a wait; the caller's thread passes the progress in words to {@code waiting} twice a second. */
    ListingWait(Duration limit, Consumer<String> waiting) {
        this.limit = limit;
        this.waiting = waiting;
    }

    /**
     * Returns the result of {@code listing} or throws its failure; {@link JobFailedException} with {@link ExitCode#UNAVAILABLE}
     * if there is no progress within the limit, with {@link ExitCode#INTERRUPTED} if this thread is interrupted.
     */
    <T> T call(ListingProgress progress, Callable<T> listing) {
        FutureTask<T> task = new FutureTask<>(listing);
        Thread.ofPlatform().daemon().name("listing").start(task);
        long seen = progress.changes();
        long since = System.nanoTime();
        while (true) {
            try {
                return task.get(REPORT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = progress.changes();
                if (now != seen) {
                    seen = now;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > limit.toNanos()) {
                    task.cancel(true);
                    throw new JobFailedException(
                            ExitCode.UNAVAILABLE,
                            progress.describe() + ": no response for " + limit.toSeconds()
                                    + " s; check the file system or the service",
                            e);
                }
                waiting.accept(progress.describe());
            } catch (InterruptedException e) {
                task.cancel(true);
                Thread.currentThread().interrupt();
                throw new JobFailedException(ExitCode.INTERRUPTED, "interrupted while " + progress.describe(), e);
            } catch (ExecutionException e) {
                throw failure(e);
            }
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            case null, default -> new IllegalStateException("a listing has failed", e);
        };
    }
}
