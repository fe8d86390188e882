package io.filejob.postgres;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.security.Certificates;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Classifies failures of the database by SQLSTATE (PostgreSQL's documentation, Appendix A). Pure functions, for any
 * thread.
 */
final class DatabaseErrors {
    static final String UNIQUE_VIOLATION = "23505";
    static final String UNDEFINED_TABLE = "42P01";

    private static final String DISK_FULL = "53100";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** Consequence of a failure for a job. */
    enum ErrorKind {
        /**
         * A later attempt may succeed: the server is down, starting, out of connections, or another session was in
         * conflict.
         */
        PASSING,
        /** A later attempt may succeed if an operator frees disk space. */
        NO_ROOM,
        /** The table does not accept a row. */
        BAD_ROW,
        /** A further attempt would fail, too. */
        FINAL
    }

    private DatabaseErrors() {}

    static ErrorKind kind(SQLException e) {
        if (Certificates.distrust(e).isPresent()) {
            return ErrorKind.FINAL;
        }
        String state = state(e);
        return switch (state) {
            case DISK_FULL -> ErrorKind.NO_ROOM;
            case FOREIGN_KEY_VIOLATION, "23502", "23514" -> ErrorKind.BAD_ROW;
            case "40001", "40P01", LOCK_NOT_AVAILABLE, "57P01", "57P02", "57P03", "57P05", "25006", "25P03" ->
                ErrorKind.PASSING;
            // Another session has just created the same table.
            case "42P07" -> ErrorKind.PASSING;
            case UNIQUE_VIOLATION -> isOfCatalogue(e) ? ErrorKind.PASSING : ErrorKind.FINAL;
            default ->
                switch (state.substring(0, 2)) {
                    case "08", "53", "58" -> ErrorKind.PASSING;
                    // Triggers raise errors of class P0.
                    case "22", "44", "P0" -> ErrorKind.BAD_ROW;
                    default -> ErrorKind.FINAL;
                };
        };
    }

    /**
     * Returns whether two sessions created the same object concurrently: the duplicate key is in a table of the
     * catalogue.
     */
    private static boolean isOfCatalogue(SQLException e) {
        ServerErrorMessage said = e instanceof PSQLException own ? own.getServerErrorMessage() : null;
        return said != null && "pg_catalog".equals(said.getSchema());
    }

    /** Returns whether another session held a lock for longer than the lock timeout. */
    static boolean isLocked(SQLException e) {
        return state(e).equals(LOCK_NOT_AVAILABLE);
    }

    /** Returns whether the SQLSTATE of the cause of {@code failure} is {@code state}. */
    static boolean causedBy(JobFailedException failure, String state) {
        return failure.getCause() instanceof SQLException e && state(e).equals(state);
    }

    /** Returns the SQLSTATE of five characters, XX000 if it is unknown. */
    static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() != 5 ? "XX000" : state;
    }

    /** Returns whether the server, database or user of the connection may be wrong. */
    static boolean isOfLogin(SQLException e) {
        return List.of("08", "28", "3D").contains(state(e).substring(0, 2));
    }

    /**
     * Returns the failure of a job that is stopped by {@code e}; {@code database} describes the database in messages.
     */
    static JobFailedException failure(SQLException e, String database) {
        Optional<String> distrust = Certificates.distrust(e);
        if (distrust.isPresent()) {
            return new JobFailedException(
                    ExitCode.CREDENTIALS_REFUSED,
                    "the database " + database + ": the server's certificate is not trusted (" + distrust.get()
                            + "): the Secret's key ca has to hold the certificate of its authority",
                    e);
        }
        ExitCode code =
                switch (kind(e)) {
                    case PASSING, NO_ROOM -> ExitCode.UNAVAILABLE;
                    case BAD_ROW -> ExitCode.BAD_INPUT;
                    case FINAL -> code(state(e));
                };
        return new JobFailedException(code, "the database " + database + ": " + message(e), e);
    }

    private static ExitCode code(String state) {
        if (state.equals("42501")) {
            return ExitCode.CREDENTIALS_REFUSED;
        }
        return switch (state.substring(0, 2)) {
            case "21", "23" -> ExitCode.BAD_INPUT;
            case "28" -> ExitCode.CREDENTIALS_REFUSED;
            // Errors inside functions, which include those of triggers, defaults and constraints, are defects of the
            // database schema.
            case "09", "0A", "2F", "38", "39", "3D", "3F", "42", "HV" -> ExitCode.BAD_MANIFEST;
            default -> ExitCode.UNAVAILABLE;
        };
    }

    /** Returns the server's message with its detail and hint, if any, and the SQLSTATE. */
    static String message(SQLException e) {
        ServerErrorMessage said = e instanceof PSQLException own ? own.getServerErrorMessage() : null;
        if (said == null || said.getMessage() == null) {
            return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
        StringBuilder message = new StringBuilder(said.getMessage());
        for (String more : new String[] {said.getDetail(), said.getHint()}) {
            if (more != null) {
                message.append(": ").append(more.strip());
            }
        }
        return message.append(" (SQLSTATE ")
                .append(state(e).toUpperCase(Locale.ROOT))
                .append(")")
                .toString();
    }
}
