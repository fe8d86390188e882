package io.filejob.postgres;

import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import org.jspecify.annotations.Nullable;

/**
 * Rejects rows for reasons that the server has given before, since a refusal by the server fails a whole COPY. The first
 * row of each reason goes to the server; if it decides otherwise than expected, all further rows go to it, too. For one
 * thread.
 */
final class KnownRefusals {
    private static final int NONE = -1;
    private static final int INVALID = 0;
    private static final int OUT_OF_RANGE = 1;
    private static final int NULL = 2;
    /** The number of kinds of faults of a column. */
    private static final int KINDS = 3;
    /** Stands for the refused text in a reason that quotes it. */
    private static final String TEXT = "\u0000";

    private final TableLayout layout;
    private final boolean hasNotNulls;
    private final boolean isUtf8;
    private final FieldText text;
    /**
     * The reasons for which the server refuses the texts of each column: invalid ones, those out of range, and nulls; null
     * if one is not known yet.
     */
    private final @Nullable String[] reasons;

    private boolean isTrusted = true;

    /**
     * Creates an instance for rows with the columns of {@code layout}, in the order of the COPY.
     *
     * @param hasNotNulls whether columns of the table of the COPY must not be null where those of the layout must not, and
     *     nothing fills them in
     * @param isUtf8 whether the encoding of the database is UTF-8
     */
    KnownRefusals(CsvDialect dialect, TableLayout layout, boolean hasNotNulls, boolean isUtf8) {
        this.layout = layout;
        this.hasNotNulls = hasNotNulls;
        this.isUtf8 = isUtf8;
        this.text = new FieldText(dialect);
        this.reasons = new @Nullable String[layout.types().size() * KINDS];
    }

    /** Rejects rows among {@code rows[from, to)}; moves the others to the front and returns the end of them. */
    int reject(Batch batch, int[] rows, int from, int to) {
        int end = from;
        for (int i = from; i < to; i++) {
            int fault = isTrusted ? fault(batch, rows[i]) : NONE;
            String reason = fault == NONE ? null : reasons[fault];
            if (reason == null) {
                rows[end++] = rows[i];
            } else {
                int column = column(fault);
                batch.reject(
                        rows[i],
                        column,
                        reason.contains(TEXT) ? reason.replace(TEXT, field(batch, rows[i], column)) : reason);
            }
        }
        return end;
    }

    /** Records that the server has refused {@code row}; returns whether this tells the reason for other rows. */
    boolean learn(Batch batch, int row, CopyError refusal) {
        int fault = fault(batch, row);
        if (fault == NONE) {
            return false;
        }
        int column = column(fault);
        if (refusal.column() != column) {
            isTrusted = false;
            return false;
        }
        boolean isNew = reasons[fault] == null;
        reasons[fault] = refusal.reason().replace("\"" + field(batch, row, column) + "\"", "\"" + TEXT + "\"");
        return isNew;
    }

    /** Records that the server has taken the rows {@code rows[from, to)}. */
    void accepted(Batch batch, int[] rows, int from, int to) {
        for (int i = from; i < to && isTrusted; i++) {
            isTrusted = fault(batch, rows[i]) == NONE;
        }
    }

    private static int column(int fault) {
        return fault / KINDS;
    }

    private String field(Batch batch, int row, int column) {
        text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
        return text.text();
    }

    /**
     * Returns the index in {@link #reasons} of the fault for which the server surely refuses {@code row}; else {@link
     * #NONE}. The server looks at the texts of all columns before it looks for nulls.
     */
    private int fault(Batch batch, int row) {
        if (!isUtf8 && !isAscii(batch, row)) {
            // The server may refuse to convert another character, or count it differently.
            return NONE;
        }
        int absent = NONE;
        int absences = 0;
        for (int column = 0; column < layout.types().size(); column++) {
            text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
            if (text.isNull) {
                if (layout.isNotNull(column)) {
                    absent = column;
                    absences++;
                }
                continue;
            }
            switch (layout.types().get(column).judge(text.bytes, text.from, text.to)) {
                case VALID -> {}
                case INVALID -> {
                    return column * KINDS + INVALID;
                }
                case OUT_OF_RANGE -> {
                    return column * KINDS + OUT_OF_RANGE;
                }
                case UNKNOWN -> {
                    return NONE;
                }
            }
        }
        return hasNotNulls && absences == 1 ? absent * KINDS + NULL : NONE;
    }

    private boolean isAscii(Batch batch, int row) {
        int all = 0;
        for (int column = 0; column < layout.types().size(); column++) {
            int end = batch.end(row, column);
            for (int p = batch.begin(row, column); p < end; p++) {
                all |= batch.bytes[p];
            }
        }
        return all >= 0;
    }
}
