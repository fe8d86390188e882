package io.filejob.image.jpeg;

/** Quantization tables for a quality, in zigzag order. */
final class QuantizationTables {
    /** The number of coefficients of a block. */
    static final int SIZE = 64;

    /** The example tables of annex K.1, in zigzag order, which encoders scale by their quality. */
    private static final int[] LUMINANCE = {
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51,
        61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77,
        113, 121, 112, 100, 120, 92, 101, 103, 99
    };

    private static final int[] CHROMINANCE = {
        17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                99, 99,
        99, 99, 99, 99
    };

    private QuantizationTables() {}

    /**
     * Returns the steps for a {@code quality} from 1 to 100, scaled as libjpeg's {@code jpeg_set_quality} does, but none finer
     * than that of {@code source}: it would take more bits to say what the source does not know.
     */
    static int[] of(int quality, boolean chrominance, int[] source) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int[] table = (chrominance ? CHROMINANCE : LUMINANCE).clone();
        for (int k = 0; k < SIZE; k++) {
            table[k] = Math.max(source[k], Math.clamp((table[k] * percent + 50) / 100, 1, 255));
        }
        return table;
    }
}
