package io.filejob.image.jpeg;

import java.util.Arrays;

/**
 * Coefficients of an image as symbols and extra bits (annex F.1.2), with the number of each symbol, from which codes for this
 * image follow. For one thread.
 */
final class JpegSymbols {
    /** The symbol of 16 coefficients that are 0. */
    static final int ZEROS = 0xf0;
    /** The symbol of the end of a block. */
    static final int END = 0;
    /** The number of extra bits that have a place beside their symbol; more have the next element. */
    static final int BITS_BESIDE = 8;
    /** The most elements that one block takes: all coefficients with more bits than have a place. */
    static final int BLOCK_MAX = 2 * QuantizationTables.SIZE;

    private static final int FIRST_SIZE = 1 << 16;

    /** The elements: a symbol in the upper byte. */
    char[] elements = new char[FIRST_SIZE];
    /** The number of elements. */
    int size;
    /** The number of each symbol: of differences and coefficients of luminance, then of those of chrominance. */
    final int[][] counts = new int[4][256];

    /** Makes room for another block. Throws if there could be more elements than {@code most} with it. */
    void reserve(int most) throws UnsupportedJpegException {
        int needed = size + BLOCK_MAX;
        if (needed > most) {
            throw new UnsupportedJpegException("more than " + most + " symbols");
        }
        if (needed > elements.length) {
            elements = Arrays.copyOf(elements, Math.min(2 * elements.length, most));
        }
    }

    /** Adds a symbol with {@code length} extra bits, and counts it in {@code counted}, one of {@link #counts}. */
    void add(int symbol, int extra, int length, int[] counted) {
        counted[symbol]++;
        if (length <= BITS_BESIDE) {
            elements[size++] = (char) ((symbol << BITS_BESIDE) | extra);
        } else {
            elements[size++] = (char) (symbol << BITS_BESIDE);
            elements[size++] = (char) extra;
        }
    }
}
