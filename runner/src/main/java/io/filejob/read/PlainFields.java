package io.filejob.read;

/** Adds up fields that hold nothing but a plain number, as {@link PlainLines} does: the hot loop. */
final class PlainFields {
    /** A digit is at most 9: so many do not overflow 16 bits. */
    private static final int ROWS_PER_SUM = 0xFFFF / 9;

    private final byte quote;
    private final boolean quoting;
    private final boolean mayBeNull;
    private final DecimalSum sum;

    PlainFields(CsvDialect dialect, DecimalSum sum) {
        this.quote = dialect.quote();
        this.quoting = dialect.quote() != 0;
        // What looks like a number may stand for no value.
        this.mayBeNull = dialect.hasNull() && !dialect.nullText().isEmpty();
        this.sum = sum;
    }

    /** Adds and counts the fields of the rows from {@code first} on, up to one that is not plain; which. */
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

    /** Adds fields of up to seven bytes, all digits but for a point that is not the first. */
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

    /** Without the quote that opens the text. */
    private int begin(Batch batch, int row) {
        int begin = batch.begin(row, 0);
        return quoting && batch.bytes[begin] == quote ? begin + 1 : begin;
    }

    /** Without the quote that closes it. */
    private int end(Batch batch, int row, int begin) {
        int end = batch.end(row, 0);
        return quoting && batch.bytes[begin - (begin > 0 ? 1 : 0)] == quote ? end - 1 : end;
    }
}
