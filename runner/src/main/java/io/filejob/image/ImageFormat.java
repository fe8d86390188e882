package io.filejob.image;

import java.util.Optional;

/** The image formats that are read; all but {@link #HEIC} can be written. */
public enum ImageFormat {
    /** JPEG, baseline or progressive. */
    JPEG("image/jpeg", "jpg", 65_500, false, "jpegload_buffer", "jpegsave_buffer"),
    /** WebP, lossy or lossless, with one or more frames. */
    WEBP("image/webp", "webp", 16_383, true, "webpload_buffer", "webpsave_buffer"),
    /** PNG with one frame. */
    PNG("image/png", "png", Integer.MAX_VALUE, false, "pngload_buffer", "pngsave_buffer"),
    /** AVIF; of several images in one file, the primary one. */
    AVIF("image/avif", "avif", 16_384, false, "heifload_buffer", "heifsave_buffer"),
    /** GIF with one or more frames. */
    GIF("image/gif", "gif", 65_535, true, "gifload_buffer", "gifsave_buffer"),
    /** TIFF with one page. */
    TIFF("image/tiff", "tif", Integer.MAX_VALUE, false, "tiffload_buffer", "tiffsave_buffer"),
    /** HEIF with HEVC, which many builds of libvips do not decode ({@link HeicDecoder}); it is not written. */
    HEIC("image/heic", "heic", 16_384, false, "heifload_buffer", "");

    private final String contentType;
    private final String extension;
    private final int maxSide;
    private final boolean animated;
    private final String loader;
    private final String saver;

    ImageFormat(String contentType, String extension, int maxSide, boolean animated, String loader, String saver) {
        this.contentType = contentType;
        this.extension = extension;
        this.maxSide = maxSide;
        this.animated = animated;
        this.loader = loader;
        this.saver = saver;
    }

    /** Returns the format of a file that begins with {@code start}, 32 bytes or more; empty if it is another one. */
    public static Optional<ImageFormat> of(byte[] start) {
        return ImageSignature.format(start);
    }

    /** Returns the value of the header {@code Content-Type}. */
    public String contentType() {
        return contentType;
    }

    /** Returns the extension of file names, without a dot. */
    public String extension() {
        return extension;
    }

    /** Returns whether files of the format can have several frames. */
    boolean isAnimated() {
        return animated;
    }

    /** Returns the largest width and height that can be written. */
    int maxSide() {
        return maxSide;
    }

    /** Returns the name of libvips' operation that reads the format. */
    String loader() {
        return loader;
    }

    /** Returns the name of libvips' operation that writes the format, or an empty string. */
    String saver() {
        return saver;
    }

    @Override
    public String toString() {
        return this == WEBP ? "WebP" : name();
    }
}
