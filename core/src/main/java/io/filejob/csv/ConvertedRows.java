package io.filejob.csv;

import io.filejob.bytes.ByteList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Copies batches of rows, with numbers in their usual syntax, truncated timestamps, the dialect's null text instead of others, and null in
 * columns that a file lacks, and passes the copies on. Not thread-safe.
 */
public final class ConvertedRows implements RowConsumer {
    private static final byte[] NOT_CONVERTIBLE = {'?', '!'};

    private final CsvDialect dialect;
    private final Rejections rejections;
    private final FieldSyntax fields;
    private final byte notConvertible;
    private final NumberSyntax syntax;
    private final FieldText text;
    private final byte[] nullText;
    private final List<byte[]> otherNulls;
    private final ByteList bytes = new ByteList(1 << 16);
    private int[] sources = {};
    private RowConsumer consumer = _ -> {};

    /** Creates a converter of the columns {@code fields}. */
    ConvertedRows(CsvDialect dialect, Rejections rejections, FieldSyntax fields) {
        this.dialect = dialect;
        this.rejections = rejections;
        this.fields = fields;
        // The text of a field that cannot be converted must not be that of null.
        notConvertible = NOT_CONVERTIBLE[dialect.nullText().equals("?") ? 1 : 0];
        syntax = new NumberSyntax(dialect.leniency());
        text = new FieldText(dialect);
        nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        otherNulls = dialect.leniency().otherNulls().stream()
                .map(other -> other.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns whether fields of the dialect differ from those that consumers read. */
    static boolean isNeeded(CsvDialect dialect, FieldSyntax fields) {
        Leniency leniency = dialect.leniency();
        return leniency.hasOtherNumbers()
                || !leniency.otherNulls().isEmpty()
                || leniency.fillColumns()
                || !fields.timestamps().isEmpty();
    }

    /**
     * Returns a consumer that converts rows for {@code target}; {@code columns} has for each column that the target
     * reads its index in the rows, -1 for an absent one.
     */
    RowConsumer to(RowConsumer target, int[] columns) {
        consumer = target;
        sources = columns;
        return columns.length == 0 ? target : this;
    }

    @Override
    public void use(Batch batch) {
        bytes.clear();
        Batch copy = new Batch(rejections);
        copy.copies(batch, sources.length);
        for (int row = 0; row < batch.rows; row++) {
            for (int column = 0; column < sources.length; column++) {
                append(batch, row, column);
                copy.mark(row, column, bytes.size);
                bytes.put(column + 1 < sources.length ? dialect.delimiter() : '\n');
            }
        }
        // Readers of fields may look at bytes after them.
        bytes.reserve(Window.SLACK);
        copy.bytes = bytes.array;
        consumer.use(copy);
    }

    private void append(Batch batch, int row, int column) {
        int source = sources[column];
        if (source < 0) {
            bytes.put(nullText, 0, nullText.length);
            return;
        }
        int begin = batch.begin(row, source);
        int end = batch.end(row, source);
        if (isOtherNull(batch.bytes, begin, end)) {
            bytes.put(nullText, 0, nullText.length);
            return;
        }
        TimestampSyntax timestamp = fields.timestamps().get(column);
        boolean isNumber =
                dialect.leniency().hasOtherNumbers() && fields.numbers().contains(column);
        if (timestamp == null && !isNumber) {
            bytes.put(batch.bytes, begin, end);
            return;
        }
        text.of(batch.bytes, begin, end);
        if (text.isNull) {
            bytes.put(batch.bytes, begin, end);
            return;
        }
        boolean isConverted = timestamp == null
                ? syntax.append(text.bytes, text.from, text.to, bytes)
                : timestamp.append(text.bytes, text.from, text.to, bytes);
        if (!isConverted) {
            bytes.put(notConvertible);
        }
    }

    /** Returns whether {@code bytes[from, to)} stands for a field that could not be converted to a timestamp. */
    public static boolean isNotConvertible(byte[] bytes, int from, int to) {
        return to - from == 1 && (bytes[from] == NOT_CONVERTIBLE[0] || bytes[from] == NOT_CONVERTIBLE[1]);
    }

    private boolean isOtherNull(byte[] field, int begin, int end) {
        for (byte[] other : otherNulls) {
            if (Arrays.equals(field, begin, end, other, 0, other.length)) {
                return true;
            }
        }
        return false;
    }
}
