package io.filejob.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Codes are those that make an image smallest, and can be told apart. */
final class HuffmanCodesTest {
    private static final int SYMBOLS = 256;

    /** Returns the sum of weight times depth in a tree of Huffman, with one more symbol that occurs once. */
    private static long naive(int[] counts) {
        PriorityQueue<Long> weights = new PriorityQueue<>();
        weights.add(1L);
        for (int count : counts) {
            if (count > 0) {
                weights.add((long) count);
            }
        }
        long sum = 0;
        while (weights.size() > 1) {
            long both = weights.remove() + weights.remove();
            sum += both;
            weights.add(both);
        }
        return sum;
    }

    private static long extraBits(int[] counts) {
        long sum = 0;
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            sum += (long) counts[symbol] * (symbol & 0xf);
        }
        return sum;
    }

    private static void assertCanBeDecoded(HuffmanCodes codes, int[] counts) throws UnsupportedJpegException {
        int[] symbols = new int[codes.symbols.length];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = codes.symbols[i] & 0xff;
        }
        HuffmanDecoder decoder = new HuffmanDecoder(codes.lengths, symbols);
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            int bits = codes.codes[symbol] & 0x1f;
            int code = codes.codes[symbol] >> 5;
            assertThat(bits > 0).isEqualTo(counts[symbol] > 0);
            if (bits > 0) {
                assertThat(code).as("all bits must not be 1").isLessThan((1 << bits) - 1);
                int next = code << (HuffmanDecoder.MAX_BITS - bits);
                int found = decoder.lookup[next >> (HuffmanDecoder.MAX_BITS - HuffmanDecoder.LOOKUP_BITS)];
                assertThat(found == 0 ? decoder.longCode(next) : found).isEqualTo(symbol << 8 | bits);
            }
        }
    }

    @Test
    void codesAreAsShortAsThoseOfHuffman() throws UnsupportedJpegException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            int[] counts = new int[SYMBOLS];
            int different = 1 + random.nextInt(SYMBOLS - 1);
            for (int j = 0; j < different; j++) {
                counts[random.nextInt(SYMBOLS)] = 1 + random.nextInt(1 + random.nextInt(1_000));
            }
            HuffmanCodes codes = new HuffmanCodes(counts);

            assertCanBeDecoded(codes, counts);
            assertThat(codes.bits(counts) - extraBits(counts)).as("case " + i).isLessThanOrEqualTo(naive(counts));
        }
    }

    /** Weights like Fibonacci's numbers make the deepest tree. */
    @Test
    void noCodeHasMoreThan16Bits() throws UnsupportedJpegException {
        int[] counts = new int[SYMBOLS];
        int previous = 1;
        counts[0] = 1;
        for (int symbol = 1; symbol < 40; symbol++) {
            counts[symbol] = previous + counts[symbol - 1];
            previous = counts[symbol - 1];
        }
        HuffmanCodes codes = new HuffmanCodes(counts);

        assertCanBeDecoded(codes, counts);
    }

    @Test
    void aSingleSymbolHasACode() throws UnsupportedJpegException {
        int[] counts = new int[SYMBOLS];
        counts[0x21] = 7;

        assertCanBeDecoded(new HuffmanCodes(counts), counts);
    }
}
