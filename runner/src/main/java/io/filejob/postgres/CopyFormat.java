package io.filejob.postgres;

import io.filejob.csv.Batch;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FieldText;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes rows in the CSV format of COPY. The fields are copied unchanged from the input if PostgreSQL reads the
 * input's dialect in the same way, else they are quoted again. For one thread.
 */
final class CopyFormat {
    private static final byte COMMA = ',';
    private static final byte QUOTE = '"';

    private final CsvDialect dialect;
    private final int columns;
    private final boolean asItIs;
    private final byte delimiter;
    private final FieldText text;
    private byte[] bytes = new byte[1 << 18];
    private int length;

    /** Encodes rows of {@code columns} wanted columns of {@code dialect}. */
    CopyFormat(CsvDialect dialect, int columns) {
        this.dialect = dialect;
        this.columns = columns;
        // Numbers may precede the fields, so the delimiter must not be a digit; a line consisting of \. would end the
        // COPY.
        this.asItIs = columns > 1
                && dialect.quote() != 0
                && dialect.escape() == 0
                && !Character.isLetterOrDigit(dialect.delimiter());
        this.delimiter = asItIs ? dialect.delimiter() : COMMA;
        this.text = new FieldText(dialect);
    }

    /**
     * Returns the statement that copies such rows into {@code columnNames} of {@code table}; {@code fields} are the
     * columns read from the input, to which the dialect's null handling applies.
     */
    String statement(TableName table, List<String> columnNames, List<String> fields) {
        String quote = Character.toString(asItIs ? dialect.quote() : QUOTE);
        String nulls = dialect.hasNull()
                ? "NULL " + Sql.quoteLiteral(asItIs ? dialect.nullText() : "")
                : "FORCE_NOT_NULL (" + Sql.names(fields) + ")";
        return "COPY " + table.sql() + " (" + Sql.names(columnNames) + ") FROM STDIN WITH (FORMAT csv, DELIMITER "
                + Sql.quoteLiteral(Character.toString(delimiter)) + ", QUOTE " + Sql.quoteLiteral(quote) + ", ESCAPE "
                + Sql.quoteLiteral(quote) + ", " + nulls + ")";
    }

    /** Removes all rows. */
    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Returns the number of occurrences of this byte. */
    int count(char ascii) {
        int count = 0;
        for (int p = 0; p < length; p++) {
            count += bytes[p] == ascii ? 1 : 0;
        }
        return count;
    }

    /** Appends a number and a delimiter, to precede the fields of a row. */
    void number(long number) {
        reserve(21);
        long left = number;
        int digits = 1;
        for (long power = 10; digits < 19 && number >= power; power *= 10) {
            digits++;
        }
        for (int p = length + digits - 1; p >= length; p--) {
            bytes[p] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += digits;
        bytes[length++] = delimiter;
    }

    /** Appends the fields of a row and a line feed. */
    void row(Batch batch, int row) {
        if (asItIs && batch.areAdjacent(columns)) {
            put(batch.bytes, batch.begin(row, 0), batch.end(row, columns - 1));
        } else {
            for (int column = 0; column < columns; column++) {
                if (column > 0) {
                    reserve(1);
                    bytes[length++] = delimiter;
                }
                field(batch, row, column);
            }
        }
        reserve(1);
        bytes[length++] = '\n';
    }

    private void field(Batch batch, int row, int column) {
        int begin = batch.begin(row, column);
        int end = batch.end(row, column);
        if (asItIs) {
            put(batch.bytes, begin, end);
            return;
        }
        text.of(batch.bytes, begin, end);
        if (text.isNull) {
            return;
        }
        reserve(2 * text.length() + 2);
        bytes[length++] = QUOTE;
        for (int p = text.from; p < text.to; p++) {
            if (text.bytes[p] == QUOTE) {
                bytes[length++] = QUOTE;
            }
            bytes[length++] = text.bytes[p];
        }
        bytes[length++] = QUOTE;
    }

    private void put(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
