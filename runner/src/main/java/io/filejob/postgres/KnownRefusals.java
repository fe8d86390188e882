package io.filejob.postgres;

import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rejects rows for reasons that the server has given before, since a refusal by the server fails a whole COPY. The first
 * row of each reason goes to the server; if it decides otherwise than expected, all further rows go to it, too. For one
 * thread.
 */
final class KnownRefusals {
    private static final int NONE = -1;

    private final List<FieldType> types;
    private final FieldText text;
    /** The reason for which the server refuses the texts of a column that are surely invalid; null if not known yet. */
    private final @Nullable String[] reasons;

    private boolean isTrusted = true;

    /** Creates an instance for rows with columns of these types, in the order of the COPY. */
    KnownRefusals(CsvDialect dialect, List<FieldType> types) {
        this.types = types;
        this.text = new FieldText(dialect);
        this.reasons = new @Nullable String[types.size()];
    }

    /** Rejects rows among {@code rows[from, to)}; moves the others to the front and returns the end of them. */
    int reject(Batch batch, int[] rows, int from, int to) {
        int end = from;
        for (int i = from; i < to; i++) {
            int column = isTrusted ? invalidColumn(batch, rows[i]) : NONE;
            String reason = column == NONE ? null : reasons[column];
            if (reason == null) {
                rows[end++] = rows[i];
            } else {
                batch.reject(rows[i], column, reason);
            }
        }
        return end;
    }

    /** Records that the server has refused {@code row}; returns whether this tells the reason for other rows. */
    boolean learn(Batch batch, int row, CopyError refusal) {
        int column = invalidColumn(batch, row);
        if (column == NONE) {
            return false;
        }
        if (refusal.column() != column) {
            isTrusted = false;
            return false;
        }
        boolean isNew = reasons[column] == null;
        reasons[column] = refusal.reason();
        return isNew;
    }

    /** Records that the server has taken the rows {@code rows[from, to)}. */
    void accepted(Batch batch, int[] rows, int from, int to) {
        for (int i = from; i < to && isTrusted; i++) {
            isTrusted = invalidColumn(batch, rows[i]) == NONE;
        }
    }

    /**
     * Returns the first column of {@code row} that is not surely valid, if the server surely refuses the row because of
     * it; else {@link #NONE}.
     */
    private int invalidColumn(Batch batch, int row) {
        if (!isAscii(batch, row)) {
            // The server may refuse to convert another character, or count it differently.
            return NONE;
        }
        for (int column = 0; column < types.size(); column++) {
            text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
            if (text.isNull) {
                continue;
            }
            switch (types.get(column).judge(text.bytes, text.from, text.to)) {
                case VALID -> {}
                case INVALID -> {
                    return column;
                }
                case UNKNOWN -> {
                    return NONE;
                }
            }
        }
        return NONE;
    }

    private boolean isAscii(Batch batch, int row) {
        int all = 0;
        for (int column = 0; column < types.size(); column++) {
            int end = batch.end(row, column);
            for (int p = batch.begin(row, column); p < end; p++) {
                all |= batch.bytes[p];
            }
        }
        return all >= 0;
    }
}
