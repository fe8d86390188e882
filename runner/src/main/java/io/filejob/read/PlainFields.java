package io.filejob.read;

/** Adds up fields that hold nothing but a plain number, as {@link PlainLines} does: the hot loop. */
final class PlainFields {
    private final CsvIndex index;
    private final DecimalSum sum;

    PlainFields(CsvIndex index, DecimalSum sum) {
        this.index = index;
        this.sum = sum;
    }

    /** Adds and counts the fields of the indexed records from {@code first} on, up to one that is not plain; which. */
    int add(byte[] bytes, int first) {
        int record = first;
        while (record < index.records) {
            record = addShort(bytes, record);
            if (record < index.records) {
                int begin = index.begins[record];
                if (!PlainNumber.add(bytes, begin, index.ends[record] - begin, sum)) {
                    return record;
                }
                sum.countAdded(1);
                record++;
            }
        }
        return record;
    }

    /** Adds fields of up to seven bytes, all digits but for a point that is not the first. */
    private int addShort(byte[] bytes, int first) {
        int[] begins = index.begins;
        int[] ends = index.ends;
        int records = index.records;
        long integerEven = 0;
        long integerOdd = 0;
        long fractionEven = 0;
        long fractionOdd = 0;
        int record = first;
        // An index has fewer records than 16 bits of a sum have room for.
        while (record < records) {
            int length = ends[record] - begins[record];
            long text = Swar.load(bytes, begins[record]) ^ Swar.ZEROS;
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
            record++;
        }
        if (record > first) {
            sum.addScaled(Swar.numberOfLanes(integerEven, integerOdd), 0);
            sum.addScaled(Swar.numberOfLanes(fractionEven, fractionOdd), -8);
            sum.countAdded(record - first);
        }
        return record;
    }
}
