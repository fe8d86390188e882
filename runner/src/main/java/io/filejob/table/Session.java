package io.filejob.table;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.sql.Connection;
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

    private static final int CONNECT_SECONDS = 10;
    /** Longer than any statement. */
    private static final int SILENCE_SECONDS = 3700;

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

    private final DatabaseSecret secret;
    private final String name;
    private @Nullable Connection connection;

    /** {@code name} is what the database shows of it. */
    Session(DatabaseSecret secret, String name) {
        this.secret = secret;
        this.name = name;
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

    private <T> T transaction(Work<T> work, int most) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt(work);
            } catch (SQLException e) {
                retry(e, tries, most);
            } catch (SqlTrouble trouble) {
                retry(trouble.exception(), tries, most);
            }
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
        boolean done = false;
        try {
            Connection open = connection();
            try (Statement statement = open.createStatement()) {
                statement.execute(SETTINGS);
            }
            T result = work.run(open);
            open.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void retry(SQLException e, int tries, int limit) {
        int most =
                switch (Refusals.kind(e)) {
                    case PASSING -> limit;
                    case NO_ROOM -> Math.min(limit, TRIES_FOR_ROOM);
                    case BAD_ROW, FINAL -> 0;
                };
        if (tries >= most) {
            throw Refusals.failure(e, Refusals.isOfLogin(e) ? secret.describeWithItself() : database());
        }
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
        if (connection == null) {
            PGSimpleDataSource source = secret.source();
            source.setApplicationName(name);
            source.setConnectTimeout(CONNECT_SECONDS);
            source.setLoginTimeout(CONNECT_SECONDS);
            source.setSocketTimeout(SILENCE_SECONDS);
            source.setTcpKeepAlive(true);
            // No statement is run often enough, and poolers that change servers know none by name.
            source.setPrepareThreshold(0);
            connection = source.getConnection();
            connection.setAutoCommit(false);
        }
        return connection;
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
