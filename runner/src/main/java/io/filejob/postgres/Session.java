package io.filejob.postgres;

import io.filejob.failure.JobFailedException;
import io.filejob.time.RetryPolicy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database connection, opened on demand and reopened when it is lost. Transactions with transient failures are
 * repeated as a whole, with exponential back-off and jitter. For one thread.
 */
final class Session implements AutoCloseable {
    private static final int CONNECT_SECONDS = 10;
    /** Socket timeout, longer than any statement; {@link SessionWatch} detects a dead server much earlier. */
    private static final int SILENCE_SECONDS = 3700;
    /**
     * A connection that was idle for longer is validated before use, since a device on the network may have dropped it.
     */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final int VALIDITY_SECONDS = 5;

    /**
     * Settings local to each transaction, so that they work with connection poolers. A session that holds locks and is
     * idle for a minute is terminated, as is one with a machine that does not respond. The fixed time zone gives
     * timestamps without a zone the same meaning everywhere.
     */
    private static final String SETTINGS = "SET LOCAL statement_timeout = '1h'; SET LOCAL lock_timeout = '30s';"
            + " SET LOCAL idle_in_transaction_session_timeout = '1min'; SET LOCAL TimeZone = 'UTC';"
            + " SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL client_min_messages = 'warning';"
            + " SET LOCAL tcp_keepalives_idle = 30; SET LOCAL tcp_keepalives_interval = 10;"
            + " SET LOCAL tcp_keepalives_count = 3;"
            + " SET LOCAL work_mem = '32MB'; SET LOCAL jit = off";

    /**
     * Timeouts for transactions that read input while the server waits: a slice may take hours and stall for minutes.
     */
    private static final String READING =
            "; SET LOCAL statement_timeout = '6h';" + " SET LOCAL idle_in_transaction_session_timeout = '15min'";

    private final DatabaseSecret secret;
    private final String name;
    private final Duration watchInterval;
    private final TransactionRetries retries;
    private @Nullable Connection connection;
    private long usedAt;
    /** Description of the last lock waited for, for messages; empty if there was none. */
    private volatile String blocked = "";

    /** Creates a session that the database shows as {@code name} (its application name). */
    Session(DatabaseSecret secret, String name) {
        this(secret, name, SessionWatch.INTERVAL);
    }

    /** Like {@link #Session(DatabaseSecret, String)}, with another interval for checks of long transactions. */
    Session(DatabaseSecret secret, String name, Duration watchInterval) {
        this.secret = secret;
        this.name = name;
        this.watchInterval = watchInterval;
        this.retries = new TransactionRetries(secret, () -> blocked);
    }

    /** Returns the database's description for messages. */
    String database() {
        return secret.describe();
    }

    /**
     * Runs {@code work} in a transaction and commits it. If a commit gets no response, {@code work} is repeated and has
     * to detect by itself whether the commit took effect.
     *
     * @throws JobFailedException if the transaction fails for good
     */
    <T> T transaction(Work<T> work) {
        return transaction(work, TransactionRetries.PATIENT);
    }

    /** Like {@link #transaction(Work)}, but gives up after a few seconds, for interactive callers. */
    <T> T soon(Work<T> work) {
        return transaction(work, TransactionRetries.BRIEF);
    }

    /** An action that may or may not use a transaction. It may be repeated. */
    @FunctionalInterface
    interface ReadingWork<T> {
        /** Neither commits nor closes the connection; may roll back, after which it must return. */
        T run(Opening transaction) throws SQLException;
    }

    /**
     * Like {@link #transaction(Work)} for {@code work} that reads input: the transaction begins, with {@code begin}, at
     * the first request for the connection, so that it does not stay open while the first input is read.
     */
    <T> T reading(Work<Boolean> begin, ReadingWork<T> work) {
        return retries.repeat(() -> attempt(SETTINGS + READING, begin, work), TransactionRetries.PATIENT);
    }

    private <T> T transaction(Work<T> work, RetryPolicy policy) {
        return retries.repeat(() -> attempt(work), policy);
    }

    /** Like {@link #soon}, but ignores failures and does not wait for locks repeatedly. */
    void ifEasy(Work<Boolean> work) {
        RetryPolicy.Attempts attempts = retries.begin(TransactionRetries.BRIEF);
        while (true) {
            try {
                attempt(work);
                return;
            } catch (SQLException e) {
                boolean lost =
                        DatabaseErrors.kind(e) == DatabaseErrors.ErrorKind.PASSING && !DatabaseErrors.isLocked(e);
                if (!lost || !attempts.fail()) {
                    // Callers have a more important result or failure to report.
                    return;
                }
                attempts.pause();
            }
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        return attempt(SETTINGS, _ -> true, transaction -> work.run(transaction.get()));
    }

    private <T> T attempt(String settings, Work<Boolean> begin, ReadingWork<T> work) throws SQLException {
        boolean done = false;
        Transaction transaction = new Transaction(settings, begin);
        try {
            T result = work.run(transaction);
            if (transaction.isBegun()) {
                transaction.get().commit();
                usedAt = System.nanoTime();
            }
            done = true;
            return result;
        } finally {
            transaction.end();
            if (!done) {
                close();
            }
        }
    }

    /** A transaction that begins on demand and is watched from then on. */
    private final class Transaction implements Opening {
        private final String settings;
        private final Work<Boolean> begin;
        private @Nullable Connection open;
        private @Nullable SessionWatch watch;

        Transaction(String settings, Work<Boolean> begin) {
            this.settings = settings;
            this.begin = begin;
        }

        @Override
        public boolean isBegun() {
            return open != null;
        }

        @Override
        public Connection get() throws SQLException {
            if (open != null) {
                return open;
            }
            Connection fresh = connection();
            open = fresh;
            try (Statement statement = fresh.createStatement()) {
                boolean rows = statement.execute(settings + "; " + SessionWatch.IDENTITY);
                while (!rows) {
                    rows = statement.getMoreResults();
                }
                try (ResultSet row = statement.getResultSet()) {
                    row.next();
                    SessionWatch.BackendIdentity identity =
                            new SessionWatch.BackendIdentity(row.getInt(1), row.getString(2));
                    watch = new SessionWatch(Session.this::probe, fresh, identity, database(), watchInterval);
                }
            }
            begin.run(fresh);
            return fresh;
        }

        void end() {
            if (watch != null) {
                blocked = watch.blocked();
                watch.close();
            }
        }
    }

    private Connection connection() throws SQLException {
        if (connection != null
                && System.nanoTime() - usedAt > FRESH.toNanos()
                && !connection.isValid(VALIDITY_SECONDS)) {
            close();
        }
        if (connection == null) {
            connection = connect(name, SILENCE_SECONDS);
            usedAt = System.nanoTime();
        }
        return connection;
    }

    /** Returns a new connection for watching another one. */
    private Connection probe() throws SQLException {
        return connect(SessionWatch.APPLICATION, Math.clamp(watchInterval.toSeconds(), 1, CONNECT_SECONDS));
    }

    private Connection connect(String application, int silenceSeconds) throws SQLException {
        PGSimpleDataSource source = secret.source();
        source.setApplicationName(application);
        source.setConnectTimeout(Math.min(CONNECT_SECONDS, silenceSeconds));
        source.setLoginTimeout(Math.min(CONNECT_SECONDS, silenceSeconds));
        source.setSocketTimeout(silenceSeconds);
        source.setTcpKeepAlive(true);
        // Prepared statements are not used: no statement runs often enough, and poolers that switch servers do not know
        // them.
        source.setPrepareThreshold(0);
        Connection open = source.getConnection();
        open.setAutoCommit(false);
        return open;
    }

    /** Closes the connection; uncommitted changes are lost. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // The connection is already lost.
                return;
            }
        }
    }
}
