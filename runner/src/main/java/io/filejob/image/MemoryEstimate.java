package io.filejob.image;

/**
 * Upper bounds of the native memory of compressions, from measurements of libvips 8.18 with mozjpeg, libwebp 1.6, aom 3.15
 * and libimagequant: rows that pass through, images that a decoder or encoder must hold as a whole, and the output.
 */
final class MemoryEstimate {
    /** Memory of a compression of an image of one pixel: threads, tables and small buffers. */
    private static final long BASE = 12L << 20;
    /** The rows of the input that are held at a time, by all steps together. */
    private static final long MAX_ROWS = 512;

    private MemoryEstimate() {}

    static long bytes(ImageHeader header, CompressionOptions options) {
        ImageFormat format = options.output(header.format());
        long frames = format.isAnimated() ? header.frames() : 1;
        long pixels = (long) header.width() * header.height();
        long outputPixels = (long) ImageCompression.scaled(header.width(), options.scale())
                * ImageCompression.scaled(header.height(), options.scale());
        long rowBytes = (long) header.width() * header.bands() * header.sampleBytes();
        long rows = Math.min(MAX_ROWS, header.height() * frames);
        long copies = (header.orientation() > 1 ? 1L : 0) + (options.target() == null ? 0 : 1);
        int bands = Math.max(3, header.bands());
        return BASE
                + rows * rowBytes
                + (options.scale() < 100 ? rows * header.width() * header.bands() * resizedSampleBytes(header) : 0)
                + decoder(header, pixels)
                + copies * bands * outputPixels * frames
                + encoder(format, options, outputPixels, frames) * outputPixels
                + output(format, options, bands) * outputPixels * frames;
    }

    /** Returns the bytes per sample of the rows that are scaled: with alpha, they are floating-point numbers, and copied. */
    private static int resizedSampleBytes(ImageHeader header) {
        boolean alpha = header.bands() == 2 || header.bands() == 4;
        return alpha ? 2 * Float.BYTES : header.sampleBytes();
    }

    /** Returns the bytes that the decoder of a format holds. */
    private static long decoder(ImageHeader header, long pixels) {
        int pixelBytes = header.bands() * header.sampleBytes();
        return switch (header.format()) {
            // Coefficients of all scans, 2 bytes each.
            case JPEG -> header.interlaced() ? pixels * 2 * header.bands() : 0;
            case PNG -> header.interlaced() ? pixels * pixelBytes : 0;
            // Strips and tiles are as large as the file says.
            case TIFF -> pixels * pixelBytes;
            case WEBP -> header.frames() > 1 ? pixels * 16 : pixels * 8;
            case GIF -> pixels * 12;
            case AVIF, HEIC -> pixels * 16;
        };
    }

    /** Returns the bytes per pixel of a frame that the encoder of a format holds. */
    private static long encoder(ImageFormat format, CompressionOptions options, long pixels, long frames) {
        return switch (format) {
            case JPEG -> pixels <= Encoding.MAX_OPTIMIZED_PIXELS ? 6 : 0;
            case WEBP -> frames > 1 ? 40 : 16;
            case PNG -> isLossless(options) ? 0 : 6;
            case GIF -> 24;
            case AVIF, HEIC -> 24;
            case TIFF -> 1;
        };
    }

    /** Returns the bytes per pixel of the encoded file, which grows by doubling. */
    private static long output(ImageFormat format, CompressionOptions options, int bands) {
        return switch (format) {
            case JPEG, WEBP, AVIF, HEIC -> 1;
            case GIF -> 2;
            case PNG -> isLossless(options) ? 2L * bands : 2;
            case TIFF -> 2L * bands;
        };
    }

    private static boolean isLossless(CompressionOptions options) {
        return options.target() != null || options.quality() == CompressionOptions.MAX_QUALITY;
    }
}
