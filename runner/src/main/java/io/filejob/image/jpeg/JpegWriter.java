package io.filejob.image.jpeg;

import io.filejob.image.jpeg.JpegFrame.Component;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Writes a baseline JPEG file from the symbols of its blocks. For one thread, once. */
final class JpegWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEADER_MAX = 2_048;
    /** The most bytes of a block, each of whose elements takes less than 4, all of them stuffed. */
    private static final int BLOCK_BYTES = 2 * Integer.BYTES * JpegSymbols.BLOCK_MAX;

    private static final int[] JFIF = {0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private final JpegFrame frame;
    private final List<int[]> steps;
    private final JpegSymbols symbols;
    private final HuffmanCodes[] codes;
    private byte[] out;
    private int at;
    private long bits;
    private int count;

    JpegWriter(JpegFrame frame, List<int[]> steps, JpegSymbols symbols) {
        this.frame = frame;
        this.steps = steps;
        this.symbols = symbols;
        codes = new HuffmanCodes[frame.components().size() == 1 ? 2 : 4];
        long scanBits = 0;
        for (int table = 0; table < codes.length; table++) {
            codes[table] = new HuffmanCodes(symbols.counts[table]);
            scanBits += codes[table].bits(symbols.counts[table]);
        }
        // One byte of 64 is expected to be stuffed.
        out = new byte
                [(int) Math.min(Integer.MAX_VALUE / 2, scanBits / Byte.SIZE * 65 / 64 + HEADER_MAX + BLOCK_BYTES)];
    }

    /** Returns the file. */
    byte[] write() {
        for (int each : JFIF) {
            put(each);
        }
        writeQuantization();
        writeFrame();
        writeCodes();
        writeScanHeader();
        writeScan();
        put(0xff);
        put(0xd9);
        return Arrays.copyOf(out, at);
    }

    private void put(int value) {
        out[at++] = (byte) value;
    }

    private void segment(int marker, int length) {
        put(0xff);
        put(marker);
        put(length >> 8);
        put(length);
    }

    /** Returns the number of the table of a component: components with equal steps have the same. */
    private int table(int component) {
        int table = 0;
        while (!Arrays.equals(steps.get(table), steps.get(component))) {
            table++;
        }
        return table;
    }

    private void writeQuantization() {
        for (int component = 0; component < steps.size(); component++) {
            if (table(component) == component) {
                segment(0xdb, 3 + QuantizationTables.SIZE);
                put(component);
                for (int step : steps.get(component)) {
                    put(step);
                }
            }
        }
    }

    private void writeFrame() {
        List<Component> components = frame.components();
        segment(0xc0, 8 + 3 * components.size());
        put(Byte.SIZE);
        put(frame.height() >> 8);
        put(frame.height());
        put(frame.width() >> 8);
        put(frame.width());
        put(components.size());
        for (int i = 0; i < components.size(); i++) {
            put(i + 1);
            put((components.get(i).columns() << 4) | components.get(i).rows());
            put(table(i));
        }
    }

    private void writeCodes() {
        for (int table = 0; table < codes.length; table++) {
            HuffmanCodes each = codes[table];
            segment(0xc4, 3 + HuffmanDecoder.MAX_BITS + each.symbols.length);
            // In the upper half, 0 for differences of first coefficients, 1 for the others.
            put(((table & 1) << 4) | (table >> 1));
            for (int length = 1; length <= HuffmanDecoder.MAX_BITS; length++) {
                put(each.lengths[length]);
            }
            for (byte symbol : each.symbols) {
                put(symbol);
            }
        }
    }

    private void writeScanHeader() {
        int components = frame.components().size();
        segment(0xda, 6 + 2 * components);
        put(components);
        for (int i = 0; i < components; i++) {
            put(i + 1);
            put(i == 0 ? 0 : 0x11);
        }
        put(0);
        put(QuantizationTables.SIZE - 1);
        put(0);
    }

    private void writeScan() {
        List<Component> components = frame.components();
        long units = frame.units();
        int element = 0;
        for (long unit = 0; unit < units; unit++) {
            for (int i = 0; i < components.size(); i++) {
                int blocks = components.get(i).columns() * components.get(i).rows();
                int[] first = codes[i == 0 ? 0 : 2].codes;
                int[] others = codes[i == 0 ? 1 : 3].codes;
                for (int block = 0; block < blocks; block++) {
                    if (at + BLOCK_BYTES > out.length) {
                        out = Arrays.copyOf(out, out.length + out.length / 8 + BLOCK_BYTES);
                    }
                    element = writeBlock(element, first, others);
                }
            }
        }
        // The rest of the last byte is 1.
        put(0x7f, 7);
        while (count >= Byte.SIZE) {
            count -= Byte.SIZE;
            putStuffed((int) (bits >>> count));
        }
    }

    /** Writes the block whose elements begin at {@code first}, and returns where the next one begins. */
    private int writeBlock(int first, int[] firstCodes, int[] codesOfOthers) {
        char[] elements = symbols.elements;
        int[] table = firstCodes;
        int element = first;
        int k = 0;
        do {
            int value = elements[element++];
            int symbol = value >> JpegSymbols.BITS_BESIDE;
            int code = table[symbol];
            int length = symbol & 0xf;
            int extra = length > JpegSymbols.BITS_BESIDE ? elements[element++] : value & 0xff;
            put(((code >> 5) << length) | extra, (code & 0x1f) + length);
            if (symbol == JpegSymbols.END && k > 0) {
                return element;
            }
            k += (symbol >> 4) + 1;
            table = codesOfOthers;
        } while (k < QuantizationTables.SIZE);
        return element;
    }

    /** Appends the lower {@code number} bits of {@code value}, at most 27. */
    private void put(int value, int number) {
        bits = (bits << number) | value;
        count += number;
        if (count >= Integer.SIZE) {
            count -= Integer.SIZE;
            int word = (int) (bits >>> count);
            if (!JpegScanReader.hasOnes(word)) {
                INT.set(out, at, word);
                at += Integer.BYTES;
            } else {
                for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                    putStuffed(word >> shift);
                }
            }
        }
    }

    /** Appends a byte of the scan; after one of 1s comes 0, so that no marker is seen. */
    private void putStuffed(int value) {
        put(value);
        if ((value & 0xff) == 0xff) {
            put(0);
        }
    }
}
