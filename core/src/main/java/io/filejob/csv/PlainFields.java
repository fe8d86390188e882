package io.filejob.csv;

import io.filejob.bytes.Swar;
import io.filejob.numeric.DecimalSum;
import io.filejob.numeric.PlainNumber;

/** Adds up fields that consist of a plain number, in the same way as {@link PlainLines}: the hot loop. */
final class PlainFields {
    /** Sums of this many digits, each at most 9, fit into 16 bits. */
    private static final int ROWS_PER_SUM = 0xFFFF / 9;

    private final byte quote;
    private final boolean quoting;
    private final boolean mayBeNull;
    private final DecimalSum sum;

    PlainFields(CsvDialect dialect, DecimalSum sum) {
        this.quote = dialect.quote();
        this.quoting = dialect.quote() != 0;
        // A text that looks like a number may represent null.
        this.mayBeNull = dialect.hasNull() && !dialect.nullText().isEmpty();
        this.sum = sum;
    }

    /**
     * Adds and counts the fields of the rows from {@code first} on; returns the first row with a field that is not
     * plain.
     */
    int add(Batch batch, int first) {
        int row = first;
        while (row < batch.rows && !mayBeNull) {
            row = addShort(batch, row);
            if (row < batch.rows) {
                int begin = begin(batch, row);
                if (!PlainNumber.add(batch.bytes, begin, end(batch, row, begin) - begin, sum)) {
                    return row;
                }
                sum.countAdded(1);
                row++;
            }
        }
        return row;
    }

    /** Adds fields of up to seven bytes that consist of digits and at most one point, which is not the first byte. */
    private int addShort(Batch batch, int first) {
        byte[] bytes = batch.bytes;
        int rows = Math.min(batch.rows, first + ROWS_PER_SUM);
        long integerEven = 0;
        long integerOdd = 0;
        long fractionEven = 0;
        long fractionOdd = 0;
        int row = first;
        while (row < rows) {
            int begin = begin(batch, row);
            int length = end(batch, row, begin) - begin;
            long text = Swar.load(bytes, begin) ^ Swar.ZEROS;
            long end = 0x80L << (8 * length);
            int point = Long.numberOfTrailingZeros(end | Swar.firstZero(text ^ Swar.POINTS));
            long integer = text << (7 - point);
            long fraction = (text & ((end - 1) >>> 7)) >>> (point - 7) >>> 8;
            if (Swar.notDigits(integer | fraction) != 0 || length > 7 || length == 0) {
                break;
            }
            integerEven += integer & Swar.LANES;
            integerOdd += (integer >>> 8) & Swar.LANES;
            fractionEven += fraction & Swar.LANES;
            fractionOdd += (fraction >>> 8) & Swar.LANES;
            row++;
        }
        if (row > first) {
            sum.addScaled(Swar.numberOfLanes(integerEven, integerOdd), 0);
            sum.addScaled(Swar.numberOfLanes(fractionEven, fractionOdd), -8);
            sum.countAdded(row - first);
        }
        return row;
    }

    /** Returns the start of the field's text, after its opening quote. */
    private int begin(Batch batch, int row) {
        int begin = batch.begin(row, 0);
        return quoting && batch.bytes[begin] == quote ? begin + 1 : begin;
    }

    /** Returns the end of the field's text, before its closing quote. */
    private int end(Batch batch, int row, int begin) {
        int end = batch.end(row, 0);
        return quoting && batch.bytes[begin - (begin > 0 ? 1 : 0)] == quote ? end - 1 : end;
    }
}
