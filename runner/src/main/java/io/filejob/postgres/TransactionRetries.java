package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.time.Waits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Repeats the failed transactions of a session, with exponential back-off and jitter. For one thread. */
final class TransactionRetries {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);
    /** Allows about five minutes with these pauses. */
    static final int MAX_TRIES = 42;
    /** Allows about five seconds. */
    static final int FEW_TRIES = 8;

    /** Allows about fifteen seconds: disk space rarely becomes free by itself. */
    private static final int TRIES_FOR_ROOM = 10;

    /** Allows about ten minutes, since each attempt waits for the whole {@code lock_timeout}. */
    private static final int TRIES_FOR_LOCKS = 16;

    private final DatabaseSecret secret;
    private final Supplier<String> blocked;

    /** Creates the retries of a session; {@code blocked} describes the last lock that it waited for, for messages. */
    TransactionRetries(DatabaseSecret secret, Supplier<String> blocked) {
        this.secret = secret;
        this.blocked = blocked;
    }

    /** A single attempt. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws SQLException;
    }

    /** Runs {@code attempt} until it succeeds, at most {@code most} times. */
    <T> T repeat(Attempt<T> attempt, int most) {
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return attempt.run();
                } catch (SQLException e) {
                    retry(e, tries, most);
                } catch (UncheckedSqlException trouble) {
                    retry(trouble.exception(), tries, most);
                }
            }
        } finally {
            Waits.end(this);
        }
    }

    private void retry(SQLException e, int tries, int limit) {
        int most =
                switch (DatabaseErrors.kind(e)) {
                    case PASSING -> DatabaseErrors.isLocked(e) ? Math.min(limit, TRIES_FOR_LOCKS) : limit;
                    case NO_ROOM -> Math.min(limit, TRIES_FOR_ROOM);
                    case BAD_ROW, FINAL -> 0;
                };
        if (tries >= most) {
            String lock = blocked.get();
            String where = DatabaseErrors.isOfLogin(e) ? secret.describeWithItself() : secret.describe();
            throw DatabaseErrors.failure(e, where + (DatabaseErrors.isLocked(e) && !lock.isEmpty() ? ", " + lock : ""));
        }
        Waits.begin(
                this,
                "the database " + secret.describe() + ": " + DatabaseErrors.message(e) + ": trying again, " + tries
                        + " of " + most + " times");
        pause(tries);
    }

    /** Waits before attempt {@code tries} + 1. */
    void pause(int tries) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(tries - 1, 20);
        long pause = Math.min(MAX_PAUSE.toMillis(), doubled);
        try {
            Thread.sleep(
                    Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JobFailedException(
                    ExitCode.INTERRUPTED,
                    "interrupted while the database " + secret.describe() + " did not answer",
                    interrupted);
        }
    }
}
