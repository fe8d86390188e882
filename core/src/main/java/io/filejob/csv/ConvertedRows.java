package io.filejob.csv;

import io.filejob.bytes.ByteList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Copies batches of rows, with numbers in their usual syntax, the dialect's null text instead of others, and null in
 * columns that a file lacks, and passes the copies on. Not thread-safe.
 */
final class ConvertedRows implements RowConsumer {
    /** The text of a field that cannot be converted; no consumer accepts it as a number. */
    private static final byte NOT_CONVERTIBLE = '?';

    private final CsvDialect dialect;
    private final Rejections rejections;
    private final Set<Integer> numbers;
    private final NumberSyntax syntax;
    private final FieldText text;
    private final byte[] nullText;
    private final List<byte[]> otherNulls;
    private final ByteList bytes = new ByteList(1 << 16);
    private int[] sources = {};
    private RowConsumer consumer = _ -> {};

    /** Creates a converter that takes the columns {@code numbers} for numbers. */
    ConvertedRows(CsvDialect dialect, Rejections rejections, Set<Integer> numbers) {
        this.dialect = dialect;
        this.rejections = rejections;
        this.numbers = Set.copyOf(numbers);
        syntax = new NumberSyntax(dialect.leniency());
        text = new FieldText(dialect);
        nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        otherNulls = dialect.leniency().otherNulls().stream()
                .map(other -> other.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns whether fields of the dialect differ from those that consumers read. */
    static boolean isNeeded(CsvDialect dialect) {
        Leniency leniency = dialect.leniency();
        return leniency.hasOtherNumbers() || !leniency.otherNulls().isEmpty() || leniency.fillColumns();
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
        if (!dialect.leniency().hasOtherNumbers() || !numbers.contains(column)) {
            bytes.put(batch.bytes, begin, end);
            return;
        }
        text.of(batch.bytes, begin, end);
        if (text.isNull) {
            bytes.put(batch.bytes, begin, end);
        } else if (!syntax.append(text.bytes, text.from, text.to, bytes)) {
            bytes.put(NOT_CONVERTIBLE);
        }
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
