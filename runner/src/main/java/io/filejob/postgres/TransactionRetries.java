package io.filejob.postgres;

import io.filejob.metrics.RetriedService;
import io.filejob.metrics.WorkCounters;
import io.filejob.time.RetryPolicy;
import io.filejob.time.Waits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

/** Repeats the failed transactions of a session. For one thread. */
final class TransactionRetries {
    /** Allows about five minutes. */
    static final RetryPolicy PATIENT = new RetryPolicy(42, Duration.ofMillis(50), Duration.ofSeconds(10), 0.5, null);
    /** Allows about five seconds. */
    static final RetryPolicy BRIEF = PATIENT.atMost(8);

    /** Allows about fifteen seconds: disk space rarely becomes free by itself. */
    private static final int MAX_ATTEMPTS_WITHOUT_SPACE = 10;

    /** Allows about ten minutes, since each attempt waits for the whole {@code lock_timeout}. */
    private static final int MAX_ATTEMPTS_FOR_LOCKS = 16;

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

    /** Runs {@code attempt} until it succeeds, within the limits of {@code policy}. */
    <T> T repeat(Attempt<T> attempt, RetryPolicy policy) {
        RetryPolicy.Attempts attempts = begin(policy);
        try {
            while (true) {
                try {
                    return attempt.run();
                } catch (SQLException e) {
                    retry(e, attempts, policy);
                } catch (UncheckedSqlException trouble) {
                    retry(trouble.exception(), attempts, policy);
                }
            }
        } finally {
            Waits.end(this);
        }
    }

    /** Begins attempts whose delays fail if they are interrupted. */
    RetryPolicy.Attempts begin(RetryPolicy policy) {
        return policy.begin("interrupted while the database " + secret.describe() + " did not respond");
    }

    private void retry(SQLException e, RetryPolicy.Attempts attempts, RetryPolicy policy) {
        int most =
                switch (DatabaseErrors.kind(e)) {
                    case PASSING ->
                        DatabaseErrors.isLocked(e)
                                ? Math.min(policy.maxAttempts(), MAX_ATTEMPTS_FOR_LOCKS)
                                : policy.maxAttempts();
                    case NO_ROOM -> Math.min(policy.maxAttempts(), MAX_ATTEMPTS_WITHOUT_SPACE);
                    case BAD_ROW, FINAL -> 0;
                };
        if (!attempts.fail(Duration.ZERO, most)) {
            String lock = blocked.get();
            String where = DatabaseErrors.isOfLogin(e) ? secret.describeWithItself() : secret.describe();
            throw DatabaseErrors.failure(e, where + (DatabaseErrors.isLocked(e) && !lock.isEmpty() ? ", " + lock : ""));
        }
        Waits.begin(
                this,
                "the database " + secret.describe() + ": " + DatabaseErrors.message(e) + ": trying again, "
                        + attempts.failed() + " of " + most + " times");
        WorkCounters.ofProcess().retry(RetriedService.DATABASE);
        attempts.pause();
    }
}
