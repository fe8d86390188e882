package io.filejob.image.jpeg;

import java.util.Arrays;

/** The codes that make an image smallest, of at most 16 bits (annex K.2). */
final class HuffmanCodes {
    private static final int SYMBOLS = 256;
    private static final int MAX_LENGTH = 48;

    /** For each symbol, the code's number of bits in the lower five bits, and above them the code; 0 if it does not occur. */
    final int[] codes = new int[SYMBOLS];
    /** The number of codes of each number of bits. */
    final int[] lengths = new int[HuffmanDecoder.MAX_BITS + 1];
    /** The symbols in the order of their codes. */
    final byte[] symbols;

    /** Creates the codes for symbols that occur so often. */
    HuffmanCodes(int[] counts) {
        int[] sizes = sizes(counts);
        int[] numbers = new int[MAX_LENGTH + 1];
        int found = 0;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            found += counts[symbol] > 0 ? 1 : 0;
        }
        for (int size : sizes) {
            numbers[size]++;
        }
        shorten(numbers);
        // The code of the symbol that no image has: all bits of a code must not be 1.
        int longest = HuffmanDecoder.MAX_BITS;
        while (longest > 0 && numbers[longest] == 0) {
            longest--;
        }
        numbers[longest]--;
        System.arraycopy(numbers, 1, lengths, 1, HuffmanDecoder.MAX_BITS);
        symbols = new byte[found];
        assign(sizes, counts);
    }

    /** Returns the number of bits, extra bits included, of symbols that occur so often. */
    long bits(int[] counts) {
        long sum = 0;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            sum += (long) counts[symbol] * ((codes[symbol] & 0x1f) + (symbol & 0xf));
        }
        return sum;
    }

    /** Returns the depth of each symbol in the tree of Huffman (figure K.1), and of one more that occurs once. */
    private static int[] sizes(int[] counts) {
        long[] weights = new long[SYMBOLS + 1];
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            weights[symbol] = counts[symbol];
        }
        weights[SYMBOLS] = 1;
        int[] sizes = new int[SYMBOLS + 1];
        int[] next = new int[SYMBOLS + 1];
        Arrays.fill(next, -1);
        while (true) {
            int least = least(weights, -1);
            int second = least(weights, least);
            if (second < 0) {
                return sizes;
            }
            weights[least] += weights[second];
            weights[second] = 0;
            int at = least;
            sizes[at]++;
            while (next[at] >= 0) {
                at = next[at];
                sizes[at]++;
            }
            next[at] = second;
            at = second;
            sizes[at]++;
            while (next[at] >= 0) {
                at = next[at];
                sizes[at]++;
            }
        }
    }

    /** Returns the last symbol of the least weight above 0 that is not {@code other}; -1 if there is none. */
    private static int least(long[] weights, int other) {
        int found = -1;
        for (int symbol = 0; symbol < weights.length; symbol++) {
            boolean candidate = weights[symbol] > 0 && symbol != other;
            if (candidate && (found < 0 || weights[symbol] <= weights[found])) {
                found = symbol;
            }
        }
        return found;
    }

    /** Replaces codes that are too long (figure K.3). */
    private static void shorten(int[] numbers) {
        for (int bits = MAX_LENGTH; bits > HuffmanDecoder.MAX_BITS; bits--) {
            while (numbers[bits] > 0) {
                int shorter = bits - 2;
                while (numbers[shorter] == 0) {
                    shorter--;
                }
                numbers[bits] -= 2;
                numbers[bits - 1]++;
                numbers[shorter + 1] += 2;
                numbers[shorter]--;
            }
        }
    }

    /** Gives the shortest codes to the symbols of the least depth (annex C). */
    private void assign(int[] sizes, int[] counts) {
        int index = 0;
        for (int size = 1; size <= MAX_LENGTH; size++) {
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (sizes[symbol] == size && counts[symbol] > 0) {
                    symbols[index++] = (byte) symbol;
                }
            }
        }
        int code = 0;
        int at = 0;
        for (int bits = 1; bits < lengths.length; bits++) {
            for (int i = 0; i < lengths[bits]; i++) {
                codes[symbols[at++] & 0xff] = (code++ << 5) | bits;
            }
            code <<= 1;
        }
    }
}
