package io.filejob.image;

import org.jspecify.annotations.Nullable;

/**
 * How images are compressed.
 *
 * @param format the format of outputs; if null, that of each input, and JPEG for HEIC, which is not written
 * @param quality the quality of the encoder, from 1 to 100. 100 is lossless for PNG; below it, PNG gets a palette of at
 *     most 256 colours. Ignored if there is a target
 * @param target the size that outputs must not exceed: each gets the best quality whose output fits; if null, there is no
 *     limit
 * @param scale the percentage of width and height, from 1 to 100
 * @param maxPixels the largest number of pixels of an input, in all frames together
 */
public record CompressionOptions(
        @Nullable ImageFormat format, int quality, @Nullable SizeTarget target, int scale, long maxPixels) {
    /** The lowest quality. */
    public static final int MIN_QUALITY = 1;
    /** The highest quality. */
    public static final int MAX_QUALITY = 100;

    private static final int DEFAULT_QUALITY = 50;
    private static final long DEFAULT_MAX_PIXELS = 50_000_000;

    public CompressionOptions {
        if (quality < MIN_QUALITY || quality > MAX_QUALITY) {
            throw new IllegalArgumentException("quality out of range (" + quality + ")");
        }
        if (scale < 1 || scale > 100) {
            throw new IllegalArgumentException("scale out of range (" + scale + ")");
        }
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels out of range (" + maxPixels + ")");
        }
        if (format == ImageFormat.HEIC) {
            throw new IllegalArgumentException("HEIC is not written");
        }
    }

    /** Returns the format of the output for an input of this format. */
    ImageFormat output(ImageFormat input) {
        if (format != null) {
            return format;
        }
        return input == ImageFormat.HEIC ? ImageFormat.JPEG : input;
    }

    /** Returns the defaults: the format of the input, quality 50, the same size in pixels, 50,000,000 pixels. */
    public static CompressionOptions defaults() {
        return new CompressionOptions(null, DEFAULT_QUALITY, null, 100, DEFAULT_MAX_PIXELS);
    }

    /** Returns these options with another format. */
    public CompressionOptions withFormat(@Nullable ImageFormat newFormat) {
        return new CompressionOptions(newFormat, quality, target, scale, maxPixels);
    }

    /** Returns these options with another quality, from 1 to 100. */
    public CompressionOptions withQuality(int newQuality) {
        return new CompressionOptions(format, newQuality, target, scale, maxPixels);
    }

    /** Returns these options with another limit of the size. */
    public CompressionOptions withTarget(@Nullable SizeTarget newTarget) {
        return new CompressionOptions(format, quality, newTarget, scale, maxPixels);
    }

    /** Returns these options with another percentage of width and height. */
    public CompressionOptions withScale(int newScale) {
        return new CompressionOptions(format, quality, target, newScale, maxPixels);
    }

    /** Returns these options with another limit of the input's pixels. */
    public CompressionOptions withMaxPixels(long newMaxPixels) {
        return new CompressionOptions(format, quality, target, scale, newMaxPixels);
    }
}
