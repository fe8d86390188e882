package io.filejob.image.jpeg;

import io.filejob.image.jpeg.JpegFrame.Component;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Decodes the coefficients of a baseline scan (annex F.2) and divides them by larger steps, block by block; most of them become
 * 0. For one thread.
 */
final class JpegScanReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    /** The most bits of a symbol with its extra bits. */
    private static final int SYMBOL_BITS = 32;

    private static final int RESTART = 0xd0;
    private static final int END_OF_IMAGE = 0xd9;
    /** The most extra bits of a coefficient and of a difference of the first coefficients, with samples of 8 bits. */
    private static final int MAX_SIZE = 10;

    private static final int MAX_DIFFERENCE_SIZE = 11;
    /** The bit of an entry without coefficient. */
    private static final int PASSES = 1 << 15;
    /** By how much the end of a block goes on. */
    private static final int BLOCK_END = 1 << 10;
    /** No first coefficient with samples of 8 bits is larger. */
    private static final int MAX_FIRST = 1 << 14;

    private final byte[] file;
    private final JpegSymbols out;
    private int at;
    /** The next bits, from the most significant one on. */
    private long bits;
    /** The number of {@link #bits}, {@link #padding} included. */
    private int count;
    /** The number of bits at the end of {@link #bits} that are not in the file. */
    private int padding;

    JpegScanReader(byte[] file, JpegSymbols out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Reads the scan of {@code frame}, whose coefficients are divided by the steps in {@code steps}, a table for each component.
     * Throws if the scan is damaged, is not the only one, or takes more than {@code most} elements.
     */
    void read(JpegFrame frame, List<int[]> steps, int most) throws UnsupportedJpegException {
        List<Component> components = frame.components();
        BlockReader[] readers = new BlockReader[components.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = new BlockReader(components.get(i), steps.get(i), i == 0 ? 0 : 2);
        }
        at = frame.scan();
        long units = frame.units();
        int interval = frame.restartInterval();
        for (long unit = 0; unit < units; unit++) {
            if (interval > 0 && unit > 0 && unit % interval == 0) {
                endSegment(RESTART + (int) ((unit / interval - 1) & 7));
                for (BlockReader reader : readers) {
                    reader.first = 0;
                }
            }
            for (BlockReader reader : readers) {
                for (int block = 0; block < reader.blocks; block++) {
                    out.reserve(most);
                    reader.read();
                }
            }
        }
        endSegment(END_OF_IMAGE);
    }

    /** Returns the first {@code number} of the bits, as a number. */
    private static int leading(long bits, int number) {
        return (int) (bits >>> (Long.SIZE - number));
    }

    /** Returns whether a byte of the word has 1s only, after which the next byte is not a part of the scan. */
    static boolean hasOnes(int word) {
        return ((~word - 0x01010101) & word & 0x80808080) != 0;
    }

    /** Passes over a marker that must follow; less than a byte may be unread before it. */
    private void endSegment(int marker) throws UnsupportedJpegException {
        fill();
        int unread = count - padding;
        boolean found = at + 1 < file.length && file[at] == -1 && (file[at + 1] & 0xff) == marker;
        if (unread < 0 || unread > 7 || !found) {
            throw new UnsupportedJpegException("another end of a segment");
        }
        at += 2;
        bits = 0;
        count = 0;
        padding = 0;
    }

    /** Adds bits unless there are those of the longest symbol. */
    private void refill() {
        if (count >= SYMBOL_BITS) {
            return;
        }
        int word = at + Integer.BYTES <= file.length ? (int) INT.get(file, at) : -1;
        if (!hasOnes(word)) {
            bits |= (word & 0xffff_ffffL) << (Integer.SIZE - count);
            count += Integer.SIZE;
            at += Integer.BYTES;
        } else {
            fill();
        }
    }

    /** Adds as many bits as there is room for; from a marker or the end of the file on, they are 0. */
    private void fill() {
        while (count <= Long.SIZE - Byte.SIZE) {
            int next = at < file.length ? file[at] & 0xff : 0xff;
            boolean stuffed = next == 0xff && at + 1 < file.length && file[at + 1] == 0;
            if (next == 0xff && !stuffed) {
                padding += Byte.SIZE;
            } else {
                bits |= (long) next << (Long.SIZE - Byte.SIZE - count);
                at += stuffed ? 2 : 1;
            }
            count += Byte.SIZE;
        }
    }

    /** Reads the blocks of a component. */
    private final class BlockReader {
        /** The place of the point in {@link #factors}. */
        private static final int POINT = 20;

        private static final int HALF = 1 << (POINT - 1);
        /** The most zeros before a coefficient with one symbol. */
        private static final int MAX_RUN = 15;

        private final int blocks;
        private final HuffmanDecoder dc;
        private final HuffmanDecoder ac;
        private final int[] firstCounts;
        private final int[] counts;
        /** By how much coefficients are multiplied; those behind the end of a block occur in damaged files only. */
        private final int[] factors = new int[QuantizationTables.SIZE + MAX_RUN + 1];

        private int first;
        private int firstWritten;

        BlockReader(Component component, int[] steps, int kind) {
            blocks = component.columns() * component.rows();
            dc = component.dc();
            ac = component.ac();
            firstCounts = out.counts[kind];
            counts = out.counts[kind + 1];
            for (int k = 0; k < steps.length; k++) {
                factors[k] = ((component.quantization()[k] << POINT) + steps[k] / 2) / steps[k];
            }
        }

        void read() throws UnsupportedJpegException {
            readFirst();
            readOthers();
        }

        private void readFirst() throws UnsupportedJpegException {
            refill();
            int entry = dc.lookup[leading(bits, HuffmanDecoder.LOOKUP_BITS)];
            if (entry == 0) {
                entry = dc.longCode(leading(bits, HuffmanDecoder.MAX_BITS));
            }
            int size = entry >> 8;
            if ((entry & 0xff) > HuffmanDecoder.MAX_BITS || size > MAX_DIFFERENCE_SIZE) {
                throw new UnsupportedJpegException("no code of a difference");
            }
            skip(entry & 0xff);
            if (size > 0) {
                first += HuffmanDecoder.value(leading(bits, size), size);
                skip(size);
            }
            if (Math.abs(first) > MAX_FIRST) {
                throw new UnsupportedJpegException("a first coefficient out of range");
            }
            int magnitude = (int) (((long) Math.abs(first) * factors[0] + HALF) >> POINT);
            int scaled = first < 0 ? -magnitude : magnitude;
            int difference = scaled - firstWritten;
            firstWritten = scaled;
            int length = Integer.SIZE - Integer.numberOfLeadingZeros(Math.abs(difference));
            out.add(length, (difference < 0 ? difference - 1 : difference) & ((1 << length) - 1), length, firstCounts);
        }

        private void skip(int number) {
            bits <<= number;
            count -= number;
        }

        /**
         * Reads the other coefficients. Most become 0, in no order that a processor could predict, so each is written, and the
         * place of the next one moves only if it is not 0.
         */
        private void readOthers() throws UnsupportedJpegException {
            int[] lookup = ac.coefficients;
            int[] scale = factors;
            int[] counted = counts;
            char[] elements = out.elements;
            int size = out.size;
            long next = bits;
            int left = count;
            int last = 0;
            int k = 1;
            while (k < QuantizationTables.SIZE) {
                if (left < SYMBOL_BITS) {
                    bits = next;
                    count = left;
                    refill();
                    next = bits;
                    left = count;
                }
                int entry = lookup[leading(next, HuffmanDecoder.LOOKUP_BITS)];
                if (entry == 0) {
                    entry = longEntry(next);
                    if ((entry & PASSES) != 0) {
                        next <<= entry & 0x1f;
                        left -= entry & 0x1f;
                        k += entry >>> HuffmanDecoder.VALUE_SHIFT;
                        continue;
                    }
                }
                next <<= entry;
                left -= entry & 0xff;
                k += (entry >> 8) & MAX_RUN;
                int value = entry >> HuffmanDecoder.VALUE_SHIFT;
                int magnitude = (Math.abs(value) * scale[k] + HALF) >> POINT;
                int run = k - last - 1;
                int length = Integer.SIZE - Integer.numberOfLeadingZeros(magnitude);
                if ((((MAX_RUN - run) | (JpegSymbols.BITS_BESIDE - length)) & -magnitude) < 0) {
                    out.size = size;
                    write(run, magnitude, value < 0, length);
                    size = out.size;
                    last = k++;
                    continue;
                }
                int symbol = ((run & MAX_RUN) << 4) | length;
                int isWritten = -magnitude >>> (Integer.SIZE - 1);
                elements[size] = (char)
                        ((symbol << JpegSymbols.BITS_BESIDE) | ((magnitude ^ (value >> 31)) & ((1 << length) - 1)));
                counted[symbol] += isWritten;
                size += isWritten;
                last += (k - last) & -isWritten;
                k++;
            }
            bits = next;
            count = left;
            out.size = size;
            if (k > QuantizationTables.SIZE && k < BLOCK_END) {
                throw new UnsupportedJpegException("too many coefficients");
            }
            if (last < QuantizationTables.SIZE - 1) {
                out.add(JpegSymbols.END, 0, 0, counted);
            }
        }

        /**
         * Returns an entry as in {@link HuffmanDecoder#coefficients} for a code that is not there. If it has no coefficient,
         * {@link #PASSES} is set, and from bit {@link HuffmanDecoder#VALUE_SHIFT} on is by how much the block goes on.
         */
        private int longEntry(long next) throws UnsupportedJpegException {
            int entry = ac.lookup[leading(next, HuffmanDecoder.LOOKUP_BITS)];
            if (entry == 0) {
                entry = ac.longCode(leading(next, HuffmanDecoder.MAX_BITS));
            }
            int codeBits = entry & 0xff;
            int symbol = entry >> 8;
            int size = symbol & 0xf;
            boolean passes = symbol == JpegSymbols.END || symbol == JpegSymbols.ZEROS;
            if (codeBits > HuffmanDecoder.MAX_BITS || size > MAX_SIZE || (size == 0 && !passes)) {
                throw new UnsupportedJpegException("no coefficient");
            }
            if (passes) {
                int forward = symbol == JpegSymbols.END ? BLOCK_END : MAX_RUN + 1;
                return (forward << HuffmanDecoder.VALUE_SHIFT) | PASSES | codeBits;
            }
            int value = HuffmanDecoder.value(leading(next << codeBits, size), size);
            return (value << HuffmanDecoder.VALUE_SHIFT) | ((symbol >> 4) << 8) | (codeBits + size);
        }

        /** Writes a coefficient after many zeros, or one with many bits. */
        private void write(int zeros, int magnitude, boolean negative, int length) {
            int run = zeros;
            while (run > MAX_RUN) {
                out.add(JpegSymbols.ZEROS, 0, 0, counts);
                run -= MAX_RUN + 1;
            }
            out.add((run << 4) | length, negative ? (1 << length) - 1 - magnitude : magnitude, length, counts);
        }
    }
}
