package io.filejob.postgres;

import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Rejects rows for reasons that the server has given before, since a refusal by the server fails a whole COPY. The first
 * row of each reason goes to the server; if it decides otherwise than expected, all further rows go to it, too. Once it has
 * refused a text that only it can judge, it is asked for its {@linkplain ServerVerdicts verdicts} about such texts before
 * the COPY. For one thread.
 */
final class KnownRefusals {
    private static final int NONE = -1;
    private static final int INVALID = 0;
    private static final int OUT_OF_RANGE = 1;
    private static final int NULL = 2;
    /** The server has told the reason for the very text. */
    private static final int JUDGED = 3;
    /** The number of kinds of faults of a column. */
    private static final int KINDS = 4;
    /** Stands for the refused text in a reason that quotes it. */
    private static final String TEXT = "\u0000";

    private final TableLayout layout;
    private final ServerVerdicts verdicts;
    private final boolean hasNotNulls;
    private final boolean isUtf8;
    private final FieldText text;
    /**
     * The reasons for which the server refuses the texts of each column: invalid ones, those out of range, and nulls; null
     * if one is not known yet.
     */
    private final @Nullable String[] reasons;

    private boolean isTrusted = true;
    /** Whether the server is asked, and whether it may be. */
    private boolean isAsking;

    private boolean mayAsk = true;

    /**
     * Creates an instance for rows with the columns of {@code layout}, in the order of the COPY.
     *
     * @param verdicts those about texts of the columns of the COPY's table
     * @param hasNotNulls whether columns of the table of the COPY must not be null where those of the layout must not, and
     *     nothing fills them in
     * @param isUtf8 whether the encoding of the database is UTF-8
     */
    KnownRefusals(
            CsvDialect dialect, TableLayout layout, ServerVerdicts verdicts, boolean hasNotNulls, boolean isUtf8) {
        this.layout = layout;
        this.verdicts = verdicts;
        this.hasNotNulls = hasNotNulls;
        this.isUtf8 = isUtf8;
        this.text = new FieldText(dialect);
        this.reasons = new @Nullable String[layout.types().size() * KINDS];
    }

    /**
     * Rejects rows among {@code rows[from, to)}; moves the others to the front and returns the end of them. The server is asked
     * by the connection of {@code transaction}.
     */
    int reject(Batch batch, int[] rows, int from, int to, Opening transaction) throws SQLException {
        if (isAsking && isTrusted) {
            for (int i = from; i < to; i++) {
                want(batch, rows[i]);
            }
            verdicts.ask(transaction.get());
        }
        int end = from;
        for (int i = from; i < to; i++) {
            int fault = isTrusted ? fault(batch, rows[i]) : NONE;
            String reason = fault == NONE ? null : reason(batch, rows[i], fault);
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

    private @Nullable String reason(Batch batch, int row, int fault) {
        return fault % KINDS == JUDGED ? verdict(batch, row, column(fault)) : reasons[fault];
    }

    /**
     * Records that the server has refused {@code row}; returns whether this tells the reason for other rows. The server may be
     * asked for more by the connection of {@code transaction}.
     */
    boolean learn(Batch batch, int row, CopyError refusal, Opening transaction) throws SQLException {
        int fault = fault(batch, row);
        if (fault == NONE) {
            return !isAsking && mayAsk && refusal.column() >= 0 && startAsking(batch, row, refusal, transaction);
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

    /** Begins to ask the server if its verdicts explain its refusal of {@code row}; returns whether they do. */
    private boolean startAsking(Batch batch, int row, CopyError refusal, Opening transaction) throws SQLException {
        want(batch, row);
        verdicts.ask(transaction.get());
        int fault = fault(batch, row);
        isAsking = fault != NONE
                && fault % KINDS == JUDGED
                && column(fault) == refusal.column()
                && refusal.reason().equals(reason(batch, row, fault));
        mayAsk = isAsking;
        return isAsking;
    }

    /** Wants the verdicts about all texts of {@code row} that only the server can judge. */
    private void want(Batch batch, int row) {
        if (!isUtf8 && !isAscii(batch, row)) {
            return;
        }
        for (int column = 0; column < layout.types().size(); column++) {
            text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
            if (judge(column) == FieldType.Verdict.UNKNOWN) {
                verdicts.want(column, text.isNull ? null : text.text());
            }
        }
    }

    private @Nullable String verdict(Batch batch, int row, int column) {
        text.of(batch.bytes, batch.begin(row, column), batch.end(row, column));
        return verdicts.of(column, text.isNull ? null : text.text());
    }

    /** Judges the current text, which may be null, as that of a column. */
    private FieldType.Verdict judge(int column) {
        FieldType type = layout.types().get(column);
        if (!text.isNull) {
            return type.judge(text.bytes, text.from, text.to);
        }
        return type.kind() == FieldType.TypeKind.DOMAIN ? FieldType.Verdict.UNKNOWN : FieldType.Verdict.VALID;
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
            if (text.isNull && layout.isNotNull(column)) {
                absent = column;
                absences++;
            }
            switch (judge(column)) {
                case VALID -> {}
                case INVALID -> {
                    return column * KINDS + INVALID;
                }
                case OUT_OF_RANGE -> {
                    return column * KINDS + OUT_OF_RANGE;
                }
                case UNKNOWN -> {
                    String verdict = verdict(batch, row, column);
                    if (verdict == null) {
                        return NONE;
                    }
                    if (!verdict.equals(ServerVerdicts.TAKEN)) {
                        return column * KINDS + JUDGED;
                    }
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
