package io.filejob.table;

import io.filejob.job.Waits;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One connection, made when it is needed and made again when it is lost. What may work later is done again after a pause
 * that grows and has jitter; the whole transaction is. For one thread.
 */
final class Session implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** With those pauses, about five minutes. */
    private static final int MOST_TRIES = 42;
    /** About five seconds. */
    private static final int FEW_TRIES = 8;

    /** Room does not come back by itself: about fifteen seconds. */
    private static final int TRIES_FOR_ROOM = 10;

    /** Each waits for as long as {@code lock_timeout} says: about ten minutes. */
    private static final int TRIES_FOR_LOCKS = 16;

    private static final int CONNECT_SECONDS = 10;
    /** Longer than any statement; a server that is gone is found out by {@link SessionWatch} before that. */
    private static final int SILENCE_SECONDS = 3700;
    /** A connection that was not used for so long may have been forgotten on the way. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final int VALIDITY_SECONDS = 5;

    /**
     * Local to each transaction, so that a pooler may hand the connection on. Whoever holds something and says nothing
     * for a minute loses it, as does somebody whose machine is gone. Times without a zone mean the same everywhere.
     */
    private static final String SETTINGS = "SET LOCAL statement_timeout = '1h'; SET LOCAL lock_timeout = '30s';"
            + " SET LOCAL idle_in_transaction_session_timeout = '1min'; SET LOCAL TimeZone = 'UTC';"
            + " SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL client_min_messages = 'warning';"
            + " SET LOCAL tcp_keepalives_idle = 30; SET LOCAL tcp_keepalives_interval = 10;"
            + " SET LOCAL tcp_keepalives_count = 3;"
            + " SET LOCAL work_mem = '32MB'; SET LOCAL jit = off";

    /** While input is read, the server waits for it: a slice may take some hours, and pause for some minutes. */
    private static final String READING =
            "; SET LOCAL statement_timeout = '6h';" + " SET LOCAL idle_in_transaction_session_timeout = '15min'";

    private final DatabaseSecret secret;
    private final String name;
    private final Duration watchInterval;
    private @Nullable Connection connection;
    private long usedAt;
    /** The lock that it waited for last, for people; empty if there was none. */
    private volatile String blocked = "";

    /** {@code name} is what the database shows of it. */
    Session(DatabaseSecret secret, String name) {
        this(secret, name, SessionWatch.INTERVAL);
    }

    /** As {@link #Session(DatabaseSecret, String)}, with another interval at which long transactions are looked at. */
    Session(DatabaseSecret secret, String name, Duration watchInterval) {
        this.secret = secret;
        this.name = name;
        this.watchInterval = watchInterval;
    }

    /** The database, for people. */
    String database() {
        return secret.describe();
    }

    /**
     * Does {@code work} in a transaction and commits it. Whether a commit that got no answer has happened is for {@code
     * work} to find out when it is done again. {@link JobFailure} if it cannot be done.
     */
    <T> T transaction(Work<T> work) {
        return transaction(work, MOST_TRIES);
    }

    /** As {@link #transaction(Work)}, for somebody who waits for it: it is given up after a few seconds. */
    <T> T soon(Work<T> work) {
        return transaction(work, FEW_TRIES);
    }

    /** An action that may use a transaction, or not. It may be done again. */
    @FunctionalInterface
    interface Reading<T> {
        /** Neither commits nor closes the connection; it may roll back, and is over then. */
        T run(Opening transaction) throws SQLException;
    }

    /**
     * As {@link #transaction(Work)}, but {@code work} reads input first: the transaction begins, with {@code begin}, when the
     * connection is first asked for, so that it does not wait for the input.
     */
    <T> T reading(Work<Boolean> begin, Reading<T> work) {
        return repeat(() -> attempt(SETTINGS + READING, begin, work), MOST_TRIES);
    }

    private <T> T transaction(Work<T> work, int most) {
        return repeat(() -> attempt(work), most);
    }

    /** One try. */
    private interface Attempt<T> {
        T run() throws SQLException;
    }

    private <T> T repeat(Attempt<T> attempt, int most) {
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return attempt.run();
                } catch (SQLException e) {
                    retry(e, tries, most);
                } catch (SqlTrouble trouble) {
                    retry(trouble.exception(), tries, most);
                }
            }
        } finally {
            Waits.end(this);
        }
    }

    /** As {@link #soon}, but leaves it at that if it cannot be done, or if somebody holds a lock. */
    void ifEasy(Work<Boolean> work) {
        for (int tries = 1; ; tries++) {
            try {
                attempt(work);
                return;
            } catch (SQLException e) {
                boolean lost = Refusals.kind(e) == Refusals.Kind.PASSING && !Refusals.isLocked(e);
                if (!lost || tries == FEW_TRIES) {
                    // Whoever calls this has something else to say.
                    return;
                }
                pause(tries);
            }
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        return attempt(SETTINGS, _ -> true, transaction -> work.run(transaction.get()));
    }

    private <T> T attempt(String settings, Work<Boolean> begin, Reading<T> work) throws SQLException {
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

    /** Begins when it is needed, and is watched from then on. */
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
                    SessionWatch.Identity identity = new SessionWatch.Identity(row.getInt(1), row.getString(2));
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

    private void retry(SQLException e, int tries, int limit) {
        int most =
                switch (Refusals.kind(e)) {
                    case PASSING -> Refusals.isLocked(e) ? Math.min(limit, TRIES_FOR_LOCKS) : limit;
                    case NO_ROOM -> Math.min(limit, TRIES_FOR_ROOM);
                    case BAD_ROW, FINAL -> 0;
                };
        if (tries >= most) {
            String where = Refusals.isOfLogin(e) ? secret.describeWithItself() : database();
            throw Refusals.failure(e, where + (Refusals.isLocked(e) && !blocked.isEmpty() ? ", " + blocked : ""));
        }
        Waits.begin(
                this,
                "the database " + database() + ": " + Refusals.message(e) + ": trying again, " + tries + " of " + most
                        + " times");
        pause(tries);
    }

    private void pause(int tries) {
        long doubled = FIRST_PAUSE.toMillis() << Math.min(tries - 1, 20);
        long pause = Math.min(LONGEST_PAUSE.toMillis(), doubled);
        try {
            Thread.sleep(
                    Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new JobFailure(
                    ExitCode.INTERRUPTED,
                    "interrupted while the database " + database() + " did not answer",
                    interrupted);
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

    /** A connection that looks after another one. */
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
        // No statement is run often enough, and poolers that change servers know none by name.
        source.setPrepareThreshold(0);
        Connection open = source.getConnection();
        open.setAutoCommit(false);
        return open;
    }

    /** Ends the connection, and what is not committed with it. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is lost, which is what was wanted.
                return;
            }
        }
    }
}
