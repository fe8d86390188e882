package io.filejob.postgres;

import io.filejob.csv.Batch;
import io.filejob.csv.InputPosition;
import io.filejob.csv.RowConsumer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies rows into a table, with one COPY per slice. A row that the server refuses fails the whole COPY; the slice is
 * then repeated {@linkplain #carefully carefully}, batch by batch, and the rows at fault are rejected: those with a known
 * refusal at once, others when the server refuses them. For one thread.
 */
final class CopyRows implements RowConsumer {
    private static final int CHUNK = 128 << 10;

    private final RowCheck check;
    private final CopyFormat format;
    private final InputPosition position;
    private final CopyTarget target;
    private final KnownRefusals known;
    private @Nullable Opening transaction;
    private @Nullable CopyIn copy;
    private int part;
    private boolean careful;
    private long copied;
    private long taken;

    /**
     * Destination of the rows.
     *
     * @param statement the COPY statement
     * @param table the table of the COPY: a staging table or the target table
     * @param numbered whether each row begins with the number of its part and its position
     * @param layout layout of the target table
     */
    record CopyTarget(String statement, TableName table, boolean numbered, TableLayout layout) {}

    CopyRows(RowCheck check, CopyFormat format, InputPosition position, CopyTarget target, KnownRefusals known) {
        this.check = check;
        this.format = format;
        this.position = position;
        this.target = target;
        this.known = known;
    }

    /**
     * Begins a slice. Its rows are copied within the transaction {@code within}, which is opened when the first chunk
     * is full, and are marked with the part {@code number}.
     */
    void begin(Opening within, int number) {
        transaction = within;
        copy = null;
        part = number;
        copied = 0;
        taken = 0;
        format.clear();
    }

    /**
     * Sets, from the next slice on, whether rows that the server refuses are rejected; if not, {@link RowRefusedException} is
     * thrown.
     */
    void carefully(boolean yes) {
        careful = yes;
    }

    @Override
    public void use(Batch batch) {
        check.check(batch);
        try {
            if (careful) {
                int next = 0;
                while (next < check.count) {
                    check.count = known.reject(batch, check.rows, next, check.count, opening());
                    next = copyOrReject(batch, next, check.count);
                }
                return;
            }
            for (int i = 0; i < check.count; i++) {
                append(batch, check.rows[i]);
                if (format.length() >= CHUNK) {
                    send();
                }
            }
            copied += check.count;
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private void append(Batch batch, int row) {
        if (target.numbered()) {
            format.number(part);
            format.number(position.of(batch, row));
        }
        format.row(batch, row);
    }

    private void send() throws SQLException {
        if (copy == null) {
            copy = open().unwrap(PGConnection.class).getCopyAPI().copyIn(target.statement());
        }
        copy.writeToCopy(format.bytes(), 0, format.length());
        format.clear();
    }

    private Connection open() throws SQLException {
        return opening().get();
    }

    private Opening opening() {
        return Objects.requireNonNull(transaction, "no slice has begun");
    }

    /** Ends the slice; returns the number of rows copied. */
    long end() {
        try {
            if (format.length() > 0) {
                send();
            }
            if (copy != null) {
                taken += copy.endCopy();
            }
            return copied;
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /** Returns, after {@link #end}, the number of copied rows that the server has not written. */
    long dropped() {
        return copied - taken;
    }

    private static RuntimeException refused(SQLException e) {
        return DatabaseErrors.kind(e) == DatabaseErrors.ErrorKind.BAD_ROW
                ? new RowRefusedException(e)
                : new UncheckedSqlException(e);
    }

    /**
     * Copies the good rows {@code [from, to)} and rejects those refused by the server. Returns the end of the rows that are
     * done: {@code to}, or an earlier one if a refusal is now known, so that further rows can be rejected at once.
     */
    private int copyOrReject(Batch batch, int from, int to) throws SQLException {
        int next = from;
        while (next < to) {
            RowRefusedException refused = tryCopy(batch, next, to);
            if (refused == null) {
                known.accepted(batch, check.rows, next, to);
                return to;
            }
            CopyError refusal = refusal(refused);
            int bad = rowAt(batch, next, to, refusal.line());
            if (bad < 0 && to - next > 1) {
                // Constraints between tables are checked at the end without naming the row, so it is found by
                // bisection.
                int middle = (next + to) >>> 1;
                next = copyOrReject(batch, next, middle);
                if (next < middle) {
                    return next;
                }
                continue;
            }
            bad = Math.max(bad, next);
            next = copyOrReject(batch, next, bad);
            if (next < bad) {
                return next;
            }
            reject(batch, check.rows[bad], refusal);
            next = bad + 1;
            if (known.learn(batch, check.rows[bad], refusal, opening())) {
                return next;
            }
        }
        return to;
    }

    private CopyError refusal(RowRefusedException refused) {
        TableLayout layout = target.layout();
        return CopyError.of(refused.exception(), target.table(), layout.table(), layout.columns());
    }

    /**
     * Returns the good row in {@code [from, to)} that contains {@code line} of their COPY, or a negative number. The
     * server counts line feeds within fields, too; until it has seen the end of the first row, it counts carriage
     * returns instead.
     */
    private int rowAt(Batch batch, int from, int to, int line) {
        int lines = 0;
        for (int i = from; i < to; i++) {
            append(batch, check.rows[i]);
            lines += i == from ? 1 + format.count('\r') : format.count('\n');
            format.clear();
            if (line > 0 && line <= lines) {
                return i;
            }
        }
        return -1;
    }

    /** Copies the good rows {@code [from, to)}: all of them, returning null, or none of them, returning the refusal. */
    private @Nullable RowRefusedException tryCopy(Batch batch, int from, int to) throws SQLException {
        format.clear();
        for (int i = from; i < to; i++) {
            append(batch, check.rows[i]);
        }
        Savepoint before = open().setSavepoint();
        RowRefusedException refused = null;
        try {
            send();
            end();
            copied += to - from;
        } catch (RowRefusedException e) {
            refused = e;
            open().rollback(before);
        }
        copy = null;
        format.clear();
        open().releaseSavepoint(before);
        return refused;
    }

    private static void reject(Batch batch, int row, CopyError refusal) {
        if (refusal.column() >= 0) {
            batch.reject(row, refusal.column(), refusal.reason());
        } else {
            batch.reject(row, refusal.reason());
        }
    }
}
