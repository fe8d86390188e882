package io.filejob.image.jpeg;

/**
 * Looks up Huffman codes (annex F.2.2.3). The first {@link #LOOKUP_BITS} bits of a code lead to an entry of a table; longer codes
 * are compared with the largest code of each length.
 */
final class HuffmanDecoder {
    /** The number of bits by which {@link #lookup} and {@link #coefficients} are indexed. */
    static final int LOOKUP_BITS = 11;
    /** The largest number of bits of a code. */
    static final int MAX_BITS = 16;
    /** The position of a coefficient in an entry of {@link #coefficients}. */
    static final int VALUE_SHIFT = 16;

    private static final int ENTRIES = 1 << LOOKUP_BITS;

    /**
     * For the next bits, the number of bits of the code, and from bit 8 on its symbol; 0 if the code is longer, or none begins
     * so.
     */
    final int[] lookup = new int[ENTRIES];
    /**
     * For the next bits, if they hold a code and its extra bits: the number of both from bit 0 on, from bit 8 on the number of
     * zeros before the coefficient, and from {@link #VALUE_SHIFT} on the coefficient, which is not 0; else 0.
     */
    final int[] coefficients = new int[ENTRIES];

    private final int[] symbols;
    /** For each number of bits, the largest code plus 1, left-aligned in 16 bits. */
    private final int[] limit = new int[MAX_BITS + 2];
    /** For each number of bits, the index of the first symbol minus its code. */
    private final int[] offset = new int[MAX_BITS + 1];

    /** Creates a decoder for {@code counts[n]} codes of n bits with {@code symbols} in the order of the codes (annex C.2). */
    HuffmanDecoder(int[] counts, int[] symbols) throws UnsupportedJpegException {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            offset[bits] = index - code;
            if (code + counts[bits] > (1 << bits)) {
                throw new UnsupportedJpegException("too many codes");
            }
            for (int i = 0; i < counts[bits]; i++) {
                if (bits <= LOOKUP_BITS) {
                    enter(code, bits, symbols[index]);
                }
                code++;
                index++;
            }
            limit[bits] = code << (MAX_BITS - bits);
            code <<= 1;
        }
        limit[MAX_BITS + 1] = Integer.MAX_VALUE;
    }

    private void enter(int code, int bits, int symbol) {
        int size = symbol & 0xf;
        int rest = LOOKUP_BITS - bits;
        for (int following = 0; following < (1 << rest); following++) {
            int at = (code << rest) | following;
            lookup[at] = (symbol << 8) | bits;
            if (size > 0 && size <= rest) {
                int value = value(following >> (rest - size), size);
                coefficients[at] = (value << VALUE_SHIFT) | ((symbol >> 4) << 8) | (bits + size);
            }
        }
    }

    /** Returns the number that {@code size} extra bits stand for (table F.1). */
    static int value(int extra, int size) {
        return (extra >> (size - 1)) == 0 ? extra - (1 << size) + 1 : extra;
    }

    /**
     * Returns the entry, as in {@link #lookup}, for a code of more bits than the table has; {@code next} are the next 16 bits.
     * The number of bits is 17 if there is no such code.
     */
    int longCode(int next) {
        int bits = LOOKUP_BITS + 1;
        while (next >= limit[bits]) {
            bits++;
        }
        return bits > MAX_BITS ? bits : (symbols[offset[bits] + (next >>> (MAX_BITS - bits))] << 8) | bits;
    }
}
