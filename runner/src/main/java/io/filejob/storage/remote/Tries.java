package io.filejob.storage.remote;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.file.IoReason;
import io.filejob.security.Certificates;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Retries an action that fails temporarily, with growing delays and jitter. */
public final class Tries {
    private static final int MAX = 5;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MAX_DELAY = Duration.ofSeconds(5);

    private Tries() {}

    /** An action that can be retried. */
    @FunctionalInterface
    public interface Try<T> {
        /** Runs one attempt; throws {@link IOException} if a retry may help, {@link JobFailedException} if not. */
        T run() throws IOException;
    }

    /**
     * Returns the result of the first successful attempt. Throws {@link JobFailedException} with {@link ExitCode#UNAVAILABLE}
     * if all attempts fail, with {@link ExitCode#CREDENTIALS_REFUSED} if the server is not trusted. {@code what}
     * describes the failed action in messages.
     */
    public static <T> T of(String what, Try<T> action) {
        for (int tries = 1; ; tries++) {
            try {
                return action.run();
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new JobFailedException(ExitCode.INTERRUPTED, what + ": interrupted", e);
                }
                Certificates.distrust(e).ifPresent(why -> {
                    throw new JobFailedException(
                            ExitCode.CREDENTIALS_REFUSED,
                            what + ": the server's certificate is not trusted (" + why
                                    + "): its authority must be one that this Java knows",
                            e);
                });
                if (tries == MAX) {
                    throw new JobFailedException(
                            ExitCode.UNAVAILABLE, what + ": " + reason(e) + " (" + MAX + " tries)", e);
                }
                pause(what, tries);
            }
        }
    }

    private static String reason(IOException e) {
        String name = e.getClass() == IOException.class ? "" : e.getClass().getSimpleName() + ", ";
        return name + IoReason.of(e);
    }

    private static void pause(String what, int tries) {
        long most = Math.min(MAX_DELAY.toMillis(), FIRST.toMillis() << (tries - 1));
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most) + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailedException(ExitCode.INTERRUPTED, what + ": interrupted", e);
        }
    }
}
