package io.filejob.csv;

import io.filejob.bytes.Swar;
import io.filejob.numeric.DecimalSum;
import io.filejob.numeric.PlainNumber;

/**
 * Adds up lines that consist of a plain number: the hot loop. Digits are not converted to numbers line by line but
 * added up by decimal place: the text on both sides of the point is shifted so that the places of all lines are
 * aligned, and 16 bits per place hold thousands of lines.
 *
 * <pre>
 *   text        1 2 . 5 \n            bytes of a long, the lowest first
 *   integer     0 0 0 0 0 0 1 2       shifted left until the point falls off
 *   fraction    5 0 0 0 0 0 0 0       the bytes after the point
 * </pre>
 */
final class PlainLines {
    /** Sums of this many digits, each at most 9, fit into 16 bits. */
    private static final int LINES_PER_SUM = 0xFFFF / 9;

    /** Bytes of longer numbers to read before short ones are tried again. */
    private static final int LONG_SPAN = 4 << 10;

    private static final long LINE_FEEDS = Swar.repeat('\n');
    private static final long CARRIAGE_RETURNS = Swar.repeat('\r');

    private final DecimalSum sum;
    private boolean carriageReturns;

    PlainLines(DecimalSum sum) {
        this.sum = sum;
    }

    /** Sets whether lines are expected to end with CR LF or with LF; lines with the other line break are not plain. */
    void expect(boolean crLf) {
        carriageReturns = crLf;
    }

    /**
     * Adds and counts the lines from {@code from} on, up to the first one that is not plain.
     *
     * @param limit a line start after {@code from}
     * @return the start of that line, or {@code limit}
     */
    int add(byte[] bytes, int from, int limit) {
        int p = from;
        while (p < limit) {
            long before = sum.count();
            p = addShort(bytes, p, limit);
            if (p < limit && sum.count() - before < LINES_PER_SUM) {
                int longer = p;
                p = addLong(bytes, p, Math.min(limit, p + LONG_SPAN));
                if (p == longer) {
                    return p;
                }
            }
        }
        return p;
    }

    /** Adds lines of up to seven bytes that consist of digits and at most one point, which is not the first byte. */
    private int addShort(byte[] bytes, int from, int to) {
        boolean crLf = carriageReturns;
        long lineEnd = (crLf ? CARRIAGE_RETURNS : LINE_FEEDS) ^ Swar.ZEROS;
        int lineEndLength = crLf ? 2 : 1;
        long integerEven = 0;
        long integerOdd = 0;
        long fractionEven = 0;
        long fractionOdd = 0;
        int lines = 0;
        int p = from;
        while (p < to && lines < LINES_PER_SUM) {
            long text = Swar.load(bytes, p) ^ Swar.ZEROS;
            long ends = Swar.firstZero(text ^ lineEnd);
            // Without a point, the line's end takes its role.
            int point = Long.numberOfTrailingZeros(ends | Swar.firstZero(text ^ Swar.POINTS));
            long integer = text << (7 - point);
            long fraction = (text & ((ends ^ (ends - 1)) >>> 8)) >>> (point - 7) >>> 8;
            if (Swar.notDigits(integer | fraction) != 0 || ends == 0) {
                break;
            }
            int next = p + (Long.numberOfTrailingZeros(ends) >>> 3) + lineEndLength;
            if (crLf && bytes[next - 1] != '\n') {
                break;
            }
            integerEven += integer & Swar.LANES;
            integerOdd += (integer >>> 8) & Swar.LANES;
            fractionEven += fraction & Swar.LANES;
            fractionOdd += (fraction >>> 8) & Swar.LANES;
            lines++;
            p = next;
        }
        sum.addScaled(Swar.numberOfLanes(integerEven, integerOdd), 0);
        sum.addScaled(Swar.numberOfLanes(fractionEven, fractionOdd), -8);
        sum.countAdded(lines);
        return p;
    }

    /** Adds lines of up to {@link PlainNumber#LIMIT} bytes. */
    private int addLong(byte[] bytes, int from, int to) {
        boolean crLf = carriageReturns;
        long lineEnd = crLf ? CARRIAGE_RETURNS : LINE_FEEDS;
        int lines = 0;
        int p = from;
        while (p < to) {
            long ends = Swar.firstZero(Swar.load(bytes, p) ^ lineEnd);
            int length = Long.numberOfTrailingZeros(ends) >>> 3;
            if (ends == 0) {
                length += Long.numberOfTrailingZeros(Swar.firstZero(Swar.load(bytes, p + 8) ^ lineEnd)) >>> 3;
            }
            int next = p + length + (crLf ? 2 : 1);
            if ((crLf && length <= PlainNumber.LIMIT && bytes[next - 1] != '\n')
                    || !PlainNumber.add(bytes, p, length, sum)) {
                break;
            }
            lines++;
            p = next;
        }
        sum.countAdded(lines);
        return p;
    }
}
