package io.filejob.engine.images;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Sends requests to storage, several at once. */
final class ParallelRequests {
    private static final int THREADS = 8;

    private ParallelRequests() {}

    /**
     * Returns the responses to a request for each item, in the order of the items. If one fails, the others are
     * interrupted, and the failure is thrown when all have ended; {@link JobFailedException} with {@link
     * ExitCode#INTERRUPTED} if this thread is interrupted.
     */
    static <T, R> List<R> send(Collection<T> items, Function<T, R> request) {
        if (items.isEmpty()) {
            return List.of();
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(THREADS, items.size()),
                Thread.ofPlatform().daemon().name("images-", 0).factory())) {
            List<Future<R>> sent = new ArrayList<>();
            for (T item : items) {
                sent.add(threads.submit(() -> request.apply(item)));
            }
            try {
                return responses(sent);
            } catch (RuntimeException | Error e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static <R> List<R> responses(List<Future<R>> sent) {
        List<R> responses = new ArrayList<>();
        for (Future<R> each : sent) {
            try {
                responses.add(each.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobFailedException(ExitCode.INTERRUPTED, "interrupted while images were stored", e);
            } catch (ExecutionException e) {
                throw failure(e);
            }
        }
        return responses;
    }

    private static RuntimeException failure(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            case null, default -> new IllegalStateException("a request has failed", e);
        };
    }
}
