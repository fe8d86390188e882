package io.filejob.image.jpeg;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a baseline JPEG file: the segments before its scan.
 *
 * @param width the width in pixels
 * @param height the height in pixels
 * @param components the components in the order of the scan: shades of grey, or luminance and two of chrominance
 * @param restartInterval the number of minimum coded units between two restart markers; 0 if there are none
 * @param scan the offset of the scan's first byte
 */
record JpegFrame(int width, int height, List<Component> components, int restartInterval, int scan) {
    private static final int SIDE = 8;

    /**
     * A component.
     *
     * @param columns the number of its blocks beside each other in a minimum coded unit
     * @param rows the number of its blocks below each other in a minimum coded unit
     * @param quantization the quantization table, in zigzag order
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by no caller
    record Component(int columns, int rows, int[] quantization, HuffmanDecoder dc, HuffmanDecoder ac) {}

    /** Returns the number of minimum coded units. */
    long units() {
        int across = components.getFirst().columns() * SIDE;
        int down = components.getFirst().rows() * SIDE;
        return (long) ((width + across - 1) / across) * ((height + down - 1) / down);
    }

    /** Returns whether chrominance has half of the luminance's samples in both directions, or there is none. */
    boolean isSubsampled() {
        Component luminance = components.getFirst();
        return components.size() == 1 || (luminance.columns() == 2 && luminance.rows() == 2);
    }

    /** Reads the segments of a file, or throws if this package does not read such files. */
    static JpegFrame read(byte[] file) throws UnsupportedJpegException {
        try {
            return new Segments(file).read();
        } catch (IndexOutOfBoundsException e) {
            throw new UnsupportedJpegException("truncated");
        }
    }

    /** Reads segments (annex B) and keeps the tables for the scan. */
    private static final class Segments {
        private static final int START_OF_IMAGE = 0xd8;
        private static final int APPLICATION_14 = 0xee;
        private static final int QUANTIZATION = 0xdb;
        private static final int BASELINE = 0xc0;
        private static final int EXTENDED = 0xc1;
        private static final int HUFFMAN = 0xc4;
        private static final int RESTART_INTERVAL = 0xdd;
        private static final int SCAN = 0xda;

        private final byte[] file;
        private final int[] @Nullable [] quantization = new int[4][];
        private final @Nullable HuffmanDecoder[] dc = new HuffmanDecoder[4];
        private final @Nullable HuffmanDecoder[] ac = new HuffmanDecoder[4];
        private int at;
        private int restartInterval;
        private int frame;

        Segments(byte[] file) {
            this.file = file;
        }

        JpegFrame read() throws UnsupportedJpegException {
            if (next() != 0xff || next() != START_OF_IMAGE) {
                throw new UnsupportedJpegException("no JPEG file");
            }
            while (true) {
                int marker = marker();
                int start = at;
                int end = start + next16();
                if (end > file.length) {
                    throw new UnsupportedJpegException("truncated");
                }
                switch (marker) {
                    case QUANTIZATION -> readQuantization(end);
                    case HUFFMAN -> readHuffman(end);
                    case RESTART_INTERVAL -> restartInterval = next16();
                    case BASELINE, EXTENDED -> {
                        if (frame != 0) {
                            throw new UnsupportedJpegException("several frames");
                        }
                        frame = at;
                    }
                    case SCAN -> {
                        return readScan(end);
                    }
                    default -> check(marker, end);
                }
                at = end;
            }
        }

        private int next() {
            return file[at++] & 0xff;
        }

        private int next16() {
            return (next() << 8) | next();
        }

        private int marker() throws UnsupportedJpegException {
            if (next() != 0xff) {
                throw new UnsupportedJpegException("no marker");
            }
            int marker = next();
            while (marker == 0xff) {
                marker = next();
            }
            return marker;
        }

        /** Passes over segments of applications and comments; refuses segments that change the colours. */
        private void check(int marker, int end) throws UnsupportedJpegException {
            boolean application = marker >= 0xe0 && marker <= 0xef;
            if (!application && marker != 0xfe) {
                throw new UnsupportedJpegException("marker " + marker);
            }
            // Adobe's segment: its last byte is 1 if the colours are luminance and chrominance.
            if (marker == APPLICATION_14 && end - at >= 12 && file[at] == 'A' && file[at + 11] != 1) {
                throw new UnsupportedJpegException("other colours");
            }
        }

        private void readQuantization(int end) throws UnsupportedJpegException {
            while (at < end) {
                int table = next();
                if (table >= quantization.length) {
                    throw new UnsupportedJpegException("steps of 16 bits");
                }
                int[] steps = new int[QuantizationTables.SIZE];
                for (int k = 0; k < steps.length; k++) {
                    steps[k] = next();
                    if (steps[k] == 0) {
                        throw new UnsupportedJpegException("a step of 0");
                    }
                }
                quantization[table] = steps;
            }
        }

        private void readHuffman(int end) throws UnsupportedJpegException {
            while (at < end) {
                int table = next();
                int[] counts = new int[HuffmanDecoder.MAX_BITS + 1];
                for (int bits = 1; bits < counts.length; bits++) {
                    counts[bits] = next();
                }
                int[] symbols = new int[Arrays.stream(counts).sum()];
                for (int i = 0; i < symbols.length; i++) {
                    symbols[i] = next();
                }
                if ((table & ~0x13) != 0) {
                    throw new UnsupportedJpegException("table " + table);
                }
                (table < 16 ? dc : ac)[table & 3] = new HuffmanDecoder(counts, symbols);
            }
        }

        private JpegFrame readScan(int end) throws UnsupportedJpegException {
            int scan = at;
            at = frame;
            int precision = next();
            int height = next16();
            int width = next16();
            int count = next();
            if (frame == 0
                    || precision != 8
                    || width == 0
                    || height == 0
                    || file[scan] != count
                    || end - scan != 4 + 2 * count) {
                throw new UnsupportedJpegException("another kind of frame or scan");
            }
            Component[] components = new Component[count];
            for (int i = 0; i < count; i++) {
                int id = next();
                int sampling = next();
                int table = next();
                int coded = scan + 1 + 2 * i;
                if (id != (file[coded] & 0xff) || (count == 3 && id != i + 1) || table > 3) {
                    throw new UnsupportedJpegException("other components");
                }
                int codes = file[coded + 1] & 0xff;
                int[] steps = quantization[table];
                HuffmanDecoder dcCodes = (codes >> 4) < 4 ? dc[codes >> 4] : null;
                HuffmanDecoder acCodes = (codes & 15) < 4 ? ac[codes & 15] : null;
                if (steps == null || dcCodes == null || acCodes == null) {
                    throw new UnsupportedJpegException("a missing table");
                }
                // A single component is not interleaved: its blocks come one by one, whatever its sampling factors.
                int columns = count == 1 ? 1 : sampling >> 4;
                int rows = count == 1 ? 1 : sampling & 15;
                components[i] = new Component(columns, rows, steps, dcCodes, acCodes);
            }
            checkSampling(components);
            return new JpegFrame(width, height, List.of(components), restartInterval, end);
        }

        private static void checkSampling(Component[] components) throws UnsupportedJpegException {
            boolean known = components.length == 1 || components.length == 3;
            for (int i = 0; i < components.length; i++) {
                int columns = components[i].columns();
                int rows = components[i].rows();
                known &= i == 0 ? isOneOrTwo(columns) && isOneOrTwo(rows) : columns == 1 && rows == 1;
            }
            if (!known) {
                throw new UnsupportedJpegException("other sampling factors");
            }
        }

        private static boolean isOneOrTwo(int factor) {
            return factor == 1 || factor == 2;
        }
    }
}
