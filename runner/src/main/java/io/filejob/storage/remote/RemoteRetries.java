package io.filejob.storage.remote;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.metrics.RetriedService;
import io.filejob.metrics.WorkCounters;
import io.filejob.security.Certificates;
import io.filejob.time.RetryPolicy;
import java.io.IOException;
import java.time.Duration;

/** Retries a request to remote storage that fails temporarily. */
public final class RemoteRetries {
    private static final RetryPolicy POLICY =
            new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(5), 1, null);

    private RemoteRetries() {}

    /** A request that can be repeated. */
    @FunctionalInterface
    public interface Exchange<T> {
        /** Runs one attempt; throws {@link IOException} if a retry may help, {@link JobFailedException} if not. */
        T run() throws IOException;
    }

    /**
     * Returns the result of the first successful attempt. Throws {@link JobFailedException} with {@link ExitCode#UNAVAILABLE}
     * if all attempts fail, with {@link ExitCode#CREDENTIALS_REFUSED} if the server is not trusted. {@code what}
     * describes the failed action in messages.
     */
    public static <T> T run(String what, Exchange<T> action) {
        String interrupted = what + ": interrupted";
        RetryPolicy.Attempts attempts = POLICY.begin(interrupted);
        while (true) {
            try {
                return action.run();
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new JobFailedException(ExitCode.INTERRUPTED, interrupted, e);
                }
                Certificates.distrust(e).ifPresent(why -> {
                    throw new JobFailedException(
                            ExitCode.CREDENTIALS_REFUSED,
                            what + ": the server's certificate is not trusted (" + why
                                    + "): its authority must be one that this Java knows",
                            e);
                });
                if (!attempts.fail()) {
                    throw new JobFailedException(
                            ExitCode.UNAVAILABLE, what + ": " + reason(e) + " (" + attempts.failed() + " tries)", e);
                }
                WorkCounters.ofProcess().retry(RetriedService.HTTP);
                attempts.pause();
            }
        }
    }

    private static String reason(IOException e) {
        String name = e.getClass() == IOException.class || e instanceof SlowServerException
                ? ""
                : e.getClass().getSimpleName() + ", ";
        return name + IoReason.of(e);
    }
}
