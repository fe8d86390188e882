package io.filejob.table;

import io.filejob.read.Batch;
import io.filejob.read.InputPosition;
import io.filejob.read.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies rows into a table, all of a slice by one COPY. Where the server refuses a row, that fails as a whole; then the
 * slice is done once more {@linkplain #carefully carefully}, batch by batch, and the rows at fault are rejected. For one
 * thread.
 */
final class CopyRows implements Rows {
    private static final int CHUNK = 128 << 10;

    private final RowCheck check;
    private final CopyFormat format;
    private final InputPosition position;
    private final CopyTarget target;
    private @Nullable Opening transaction;
    private @Nullable CopyIn copy;
    private int part;
    private boolean careful;
    private long copied;
    private long taken;

    /**
     * Where rows go.
     *
     * @param statement the COPY
     * @param table where it copies them to
     * @param numbered whether a row begins with its part and its position
     * @param layout of the table that they are meant for
     */
    record CopyTarget(String statement, TableName table, boolean numbered, TableLayout layout) {}

    CopyRows(RowCheck check, CopyFormat format, InputPosition position, CopyTarget target) {
        this.check = check;
        this.format = format;
        this.position = position;
        this.target = target;
    }

    /** Begins a slice, whose rows go through {@code within}, once there are enough of them, as {@code number}. */
    void begin(Opening within, int number) {
        transaction = within;
        copy = null;
        part = number;
        copied = 0;
        taken = 0;
        format.clear();
    }

    /** From the next slice on, whether a row that the server refuses is rejected; else it is {@link RowRefused}. */
    void carefully(boolean yes) {
        careful = yes;
    }

    @Override
    public void use(Batch batch) {
        check.check(batch);
        try {
            if (careful) {
                copyOrReject(batch, 0, check.count);
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
        return Objects.requireNonNull(transaction, "no slice has begun").get();
    }

    /** Ends the slice; how many rows were copied. */
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

    /** How many of the rows that were copied the server has not written, after {@link #end}. */
    long dropped() {
        return copied - taken;
    }

    private static RuntimeException refused(SQLException e) {
        return Refusals.kind(e) == Refusals.Kind.BAD_ROW ? new RowRefused(e) : new SqlTrouble(e);
    }

    /** Copies the good rows {@code [from, to)}, and rejects those that the server refuses. */
    private void copyOrReject(Batch batch, int from, int to) throws SQLException {
        int next = from;
        while (next < to) {
            RowRefused refused = tryCopy(batch, next, to);
            if (refused == null) {
                return;
            }
            CopyRefusal refusal = refusal(refused);
            int bad = rowAt(batch, next, to, refusal.line());
            if (bad < 0 && to - next > 1) {
                // Constraints between tables are checked at the end, and nothing says which row it was.
                int middle = (next + to) >>> 1;
                copyOrReject(batch, next, middle);
                next = middle;
                continue;
            }
            bad = Math.max(bad, next);
            copyOrReject(batch, next, bad);
            reject(batch, check.rows[bad], refusal);
            next = bad + 1;
        }
    }

    private CopyRefusal refusal(RowRefused refused) {
        TableLayout layout = target.layout();
        return CopyRefusal.of(refused.exception(), target.table(), layout.table(), layout.columns());
    }

    /**
     * Which of the good rows {@code [from, to)} is at {@code line} of their COPY; negative if none is. The server counts line
     * feeds within texts, too, but before it has seen where the first row ends, carriage returns.
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

    /** Null if all of the good rows {@code [from, to)} are copied, else none is. */
    private @Nullable RowRefused tryCopy(Batch batch, int from, int to) throws SQLException {
        format.clear();
        for (int i = from; i < to; i++) {
            append(batch, check.rows[i]);
        }
        Savepoint before = open().setSavepoint();
        RowRefused refused = null;
        try {
            send();
            end();
            copied += to - from;
        } catch (RowRefused e) {
            refused = e;
            open().rollback(before);
        }
        copy = null;
        format.clear();
        open().releaseSavepoint(before);
        return refused;
    }

    private static void reject(Batch batch, int row, CopyRefusal refusal) {
        if (refusal.column() >= 0) {
            batch.reject(row, refusal.column(), refusal.reason());
        } else {
            batch.reject(row, refusal.reason());
        }
    }
}
