package io.filejob.image;

import io.filejob.image.jpeg.JpegRequantizer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The compression of one image, in native memory that lives until it ends. */
final class ImageCompression {
    private static final String ALL_FRAMES = ",n=-1";
    /** The factors by which the JPEG decoder can reduce width and height. */
    private static final int[] DECODER_FACTORS = {8, 4, 2};

    private final Libvips vips;
    private final MemorySegment file;

    @SuppressWarnings("ArrayRecordComponent") // compared by no caller
    private record Encoded(byte[] bytes, int quality) {}

    ImageCompression(Libvips vips, MemorySegment file) {
        this.vips = vips;
        this.file = file;
    }

    ImageHeader readHeader() throws ImageException {
        try (VipsImage image = open("")) {
            return header(image);
        }
    }

    CompressedImage run(CompressionOptions options) throws ImageException {
        ImageHeader header;
        boolean hasMetadata;
        boolean isSrgb;
        try (VipsImage image = open("")) {
            header = header(image);
            hasMetadata = image.hasMetadata();
            isSrgb = image.isSrgb();
        }
        check(header, options.maxPixels());
        ImageFormat format = options.output(header.format());
        int width = scaled(header.width(), options.scale());
        int height = scaled(header.height(), options.scale());
        check(header, format, width, height);
        if (header.format() == ImageFormat.GIF && GifBlocks.isTruncated(file)) {
            throw damaged(header);
        }
        byte[] requantized = isSrgb ? requantized(header, format, options) : null;
        if (requantized != null) {
            return kept(header, format, requantized.length, options.quality(), hasMetadata)
                    .orElseGet(
                            () -> new CompressedImage(requantized, format, width, height, 1, options.quality(), false));
        }
        int frames = format.isAnimated() ? header.frames() : 1;
        try (VipsImage image = open(loadOptions(header, options.scale(), frames))) {
            image.resize(width, height, frames);
            image.toSrgb();
            image.turnUpright();
            Encoded encoded = encode(image, format, options);
            Optional<CompressedImage> kept = kept(header, format, encoded.bytes.length, encoded.quality, hasMetadata);
            return kept.isPresent()
                    ? kept.get()
                    : new CompressedImage(
                            encoded.bytes,
                            format,
                            image.width(),
                            image.height() / frames,
                            frames,
                            encoded.quality,
                            false);
        } catch (VipsFailedException e) {
            throw failure(header, format);
        }
    }

    /** Returns the output for a JPEG file whose pixels need not be decoded, since they stay in their places, else null. */
    private byte @Nullable [] requantized(ImageHeader header, ImageFormat format, CompressionOptions options) {
        boolean same = header.format() == ImageFormat.JPEG
                && format == ImageFormat.JPEG
                && options.scale() == 100
                && options.target() == null
                && header.orientation() <= 1
                && file.byteSize() <= JpegRequantizer.MAX_BYTES;
        return same ? JpegRequantizer.compress(file.toArray(ValueLayout.JAVA_BYTE), options.quality()) : null;
    }

    /** Returns the input as the result if an output of {@code size} bytes is not better. */
    private Optional<CompressedImage> kept(
            ImageHeader header, ImageFormat format, int size, int quality, boolean hasMetadata) {
        return format == header.format() && size >= file.byteSize() && !hasMetadata
                ? Optional.of(new CompressedImage(
                        file.toArray(ValueLayout.JAVA_BYTE),
                        format,
                        header.width(),
                        header.height(),
                        header.frames(),
                        quality,
                        true))
                : Optional.empty();
    }

    private VipsImage open(String options) throws ImageException {
        VipsImage image = file.byteSize() == 0 ? null : VipsImage.load(vips, file, options);
        if (image == null) {
            throw ImageSignature.unreadable(vips, file);
        }
        return image;
    }

    private ImageHeader header(VipsImage image) throws ImageException {
        ImageFormat format = image.format();
        if (format == null) {
            throw ImageSignature.unreadable(vips, file);
        }
        return new ImageHeader(
                format,
                image.width(),
                image.height(),
                image.frames(),
                image.bands(),
                image.sampleBytes(),
                image.isInterlaced(),
                image.orientation());
    }

    private static void check(ImageHeader header, long maxPixels) throws ImageException {
        if (header.pixels() > maxPixels) {
            String size = header.width() + "x" + header.height() + (header.frames() > 1 ? "x" + header.frames() : "");
            throw new ImageException(
                    ImageProblem.TOO_MANY_PIXELS, "too many pixels (" + size + ", limit " + maxPixels + ")");
        }
    }

    private void check(ImageHeader header, ImageFormat format, int width, int height) throws ImageException {
        String problem = null;
        if (header.format() == ImageFormat.HEIC && !HeicDecoder.isIn(vips)) {
            problem = HeicDecoder.MISSING;
        } else if (!vips.canWrite(format)) {
            problem = "this machine's libvips cannot write " + format;
        } else if (Math.max(width, height) > format.maxSide()) {
            problem = format + " does not hold " + width + "x" + height + " pixels (limit " + format.maxSide()
                    + " a side)";
        } else if (header.format() == ImageFormat.TIFF && header.frames() > 1) {
            problem = "TIFF images with several pages are not supported (" + header.frames() + ")";
        } else if (header.format() == ImageFormat.PNG && AnimatedPng.matches(file)) {
            problem = "animated PNG images are not supported";
        }
        if (problem != null) {
            throw new ImageException(ImageProblem.UNSUPPORTED_FORMAT, problem);
        }
    }

    /** Returns a width or height in percent of another one, at least 1. */
    static int scaled(int side, int scale) {
        return (int) Math.max(1, Math.round(side * (scale / 100.0)));
    }

    /** Returns what to load: all frames, or fewer pixels if they are at least twice as many as those of the output. */
    private static String loadOptions(ImageHeader header, int scale, int frames) {
        if (frames > 1) {
            return ALL_FRAMES;
        }
        for (int factor : DECODER_FACTORS) {
            // The decoder's averages are crude; a further reduction by 2 with a good filter hides that.
            boolean enough = scale * factor * 2 <= 100 && Math.min(header.width(), header.height()) >= factor * 2;
            if (enough && header.format() == ImageFormat.JPEG) {
                return ",shrink=" + factor;
            }
        }
        return "";
    }

    private Encoded encode(VipsImage image, ImageFormat format, CompressionOptions options)
            throws VipsFailedException, ImageException {
        SizeTarget target = options.target();
        if (target == null) {
            return encode(image, format, options.quality());
        }
        // Pixels are decoded once, and encoded several times.
        image.decode();
        long limit = target.bytes(file.byteSize());
        int low = CompressionOptions.MIN_QUALITY;
        int high = CompressionOptions.MAX_QUALITY;
        Encoded best = null;
        int smallest = Integer.MAX_VALUE;
        while (low <= high) {
            int quality = (low + high) >>> 1;
            Encoded encoded = encode(image, format, quality);
            smallest = Math.min(smallest, encoded.bytes.length);
            if (encoded.bytes.length <= limit) {
                best = encoded;
                low = quality + 1;
            } else {
                high = quality - 1;
            }
        }
        if (best == null) {
            throw new ImageException(
                    ImageProblem.TARGET_NOT_REACHED,
                    "too large even at quality 1 (" + smallest + " bytes, limit " + limit + ")");
        }
        return best;
    }

    private static Encoded encode(VipsImage image, ImageFormat format, int quality) throws VipsFailedException {
        long pixels = (long) image.width() * image.height();
        return new Encoded(image.encode(Encoding.of(format, quality, pixels, image.hasAlpha())), quality);
    }

    /** Finds out whether the input is at fault, by decoding it once more, or the encoder. */
    private ImageException failure(ImageHeader header, ImageFormat format) throws ImageException {
        try (VipsImage image = open("")) {
            return image.isReadable()
                    ? new ImageException(
                            ImageProblem.UNSUPPORTED_FORMAT,
                            "this machine's libvips cannot write the image as " + format)
                    : damaged(header);
        }
    }

    private static ImageException damaged(ImageHeader header) {
        return new ImageException(ImageProblem.DAMAGED, "the " + header.format() + " image is truncated or damaged");
    }
}
