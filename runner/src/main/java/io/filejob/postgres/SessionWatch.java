package io.filejob.postgres;

import io.filejob.failure.JobFailedException;
import io.filejob.time.Waits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.util.PSQLException;

/**
 * Watches a long transaction from a separate connection and thread, and reports the lock it waits for through {@link
 * Waits}. If the server no longer responds or no longer knows the session, the transaction's connection is aborted; its
 * thread would otherwise wait as long as the longest statement may take.
 */
final class SessionWatch implements AutoCloseable {
    /** Delay before the first check and between checks. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Application name shown by the database. */
    static final String APPLICATION = "filejob watch";

    /** Identifies, within a transaction, the session and the server's start. */
    static final String IDENTITY = "SELECT pg_catalog.pg_backend_pid(), pg_catalog.pg_postmaster_start_time()::text";

    private static final String LOOK = """
        SELECT pg_catalog.pg_postmaster_start_time()::text, a.pid IS NOT NULL,
          a.wait_event_type = 'Lock', coalesce(
            (SELECT l.relation::regclass::text FROM pg_catalog.pg_locks l
              WHERE l.pid = a.pid AND l.relation IS NOT NULL AND (NOT l.granted OR l.locktype = 'tuple')
              ORDER BY l.granted LIMIT 1), ''),
          (SELECT string_agg(concat_ws(' ', b.pid, '(' || concat_ws(', ', nullif(b.application_name, ''), b.state)
            || ')'), ', ')
            FROM unnest(pg_catalog.pg_blocking_pids(a.pid)) p JOIN pg_catalog.pg_stat_activity b ON b.pid = p)
        FROM (SELECT ?::integer AS pid) s LEFT JOIN pg_catalog.pg_stat_activity a USING (pid)\
        """;

    private static final int MAX_SILENCES = 3;

    private final Connector connector;
    private final Connection watched;
    private final BackendIdentity identity;
    private final String database;
    private final Duration interval;
    private final Thread thread;
    private volatile String blocked = "";

    /** A session's process id and the start time of its server. */
    record BackendIdentity(int pid, String server) {}

    /** Opens the connections for the checks. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    /** Starts watching {@code watched}; {@code database} describes the database in messages. */
    SessionWatch(
            Connector connector, Connection watched, BackendIdentity identity, String database, Duration interval) {
        this.connector = connector;
        this.watched = watched;
        this.identity = identity;
        this.database = database;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("session watch").start(this::run);
    }

    /**
     * Returns a description of the last lock that the transaction waited for, for messages; empty if there was none.
     */
    String blocked() {
        return blocked;
    }

    private void run() {
        int silences = 0;
        try {
            while (silences < MAX_SILENCES) {
                Thread.sleep(interval);
                silences = look() ? 0 : silences + 1;
                if (silences > 0) {
                    Waits.begin(
                            this,
                            "the database " + database + " does not respond: the connection is ended after "
                                    + MAX_SILENCES + " tries to reach it");
                }
            }
            abort();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            Waits.end(this);
        }
    }

    /** Checks the session; returns whether the server responds. */
    private boolean look() throws InterruptedException {
        try (Connection own = connector.connect();
                PreparedStatement query = own.prepareStatement(LOOK)) {
            query.setInt(1, identity.pid());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (!row.getBoolean(2) && identity.server().equals(row.getString(1))) {
                    abort();
                    throw new InterruptedException();
                }
                say(row);
                return true;
            }
        } catch (SQLException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            // A server that refuses another session for lack of room has responded, too.
            return e instanceof PSQLException own && own.getServerErrorMessage() != null;
        } catch (JobFailedException e) {
            // The Secret is unreadable at the moment, which says nothing about the server.
            return true;
        }
    }

    private void say(ResultSet row) throws SQLException {
        if (!row.getBoolean(3) || row.getString(5) == null) {
            Waits.end(this);
            return;
        }
        String table = row.getString(4);
        blocked = "waiting for a lock" + (table.isEmpty() ? "" : " on table " + table) + " held by pid "
                + row.getString(5);
        Waits.begin(this, "the database " + database + ": " + blocked);
    }

    private void abort() {
        try {
            watched.abort(Runnable::run);
        } catch (SQLException e) {
            // The connection is closed already.
            return;
        }
    }

    /** Stops watching. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
