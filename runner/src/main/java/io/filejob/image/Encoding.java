package io.filejob.image;

/** The options of libvips' encoders for a format and a quality. All of them drop all metadata and profiles. */
final class Encoding {
    /**
     * The largest number of pixels for which JPEG gets Huffman tables of its own. They save a tenth of the bytes and cost
     * no CPU, but the encoder then holds the whole image.
     */
    static final long MAX_OPTIMIZED_PIXELS = 16_000_000;

    /** The difference, of 32, at which pixels of two frames count as the same at quality 0. */
    private static final int MAX_FRAME_ERROR = 16;

    private Encoding() {}

    /** Returns the extension and options for {@code vips_image_write_to_buffer}. */
    static String of(ImageFormat format, int quality, long pixels, boolean hasAlpha) {
        return "." + format.extension() + "[strip" + options(format, quality, pixels, hasAlpha) + "]";
    }

    private static String options(ImageFormat format, int quality, long pixels, boolean hasAlpha) {
        return switch (format) {
            case JPEG ->
                ",Q=" + quality + ",background=255" + (pixels <= MAX_OPTIMIZED_PIXELS ? ",optimize-coding" : "");
            case WEBP -> ",Q=" + quality + ",effort=2";
            // With a higher effort, a photograph of 2 megapixels takes seconds.
            case AVIF -> ",Q=" + quality + ",effort=1";
            case PNG ->
                quality == CompressionOptions.MAX_QUALITY
                        ? ",compression=9"
                        : ",palette,effort=1,compression=9,Q=" + quality;
            case GIF ->
                ",effort=1,interframe-maxerror="
                        + (CompressionOptions.MAX_QUALITY - quality) * MAX_FRAME_ERROR / CompressionOptions.MAX_QUALITY
                        + ",bitdepth=" + (quality >= 40 ? 8 : quality >= 20 ? 7 : quality >= 10 ? 6 : 5);
            // JPEG in TIFF has no alpha.
            case TIFF -> hasAlpha ? ",compression=deflate,predictor=horizontal" : ",compression=jpeg,Q=" + quality;
            case HEIC -> throw new IllegalArgumentException("HEIC is not written");
        };
    }
}
