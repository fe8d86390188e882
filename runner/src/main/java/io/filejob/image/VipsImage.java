package io.filejob.image;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An image of libvips, whose operations replace it; most are computed when it is encoded. Closing it frees it. For one
 * thread.
 */
final class VipsImage implements AutoCloseable {
    /** The values of {@code VipsInterpretation} that occur. */
    private static final int GREY = 1;

    private static final int CMYK = 15;
    private static final int SRGB = 22;
    private static final int GREY16 = 26;
    /** The value of {@code VipsBandFormat} for samples of 8 bits. */
    private static final int BYTE = 0;

    private static final String PROFILE = "icc-profile-data";
    private static final String PAGE_HEIGHT = "page-height";
    private static final String[] METADATA = {
        "exif-data", "xmp-data", "iptc-data", "photoshop-data", "jpeg-comment", "png-comment-0", "gif-comment"
    };

    private final Libvips vips;
    private MemorySegment pointer;

    private VipsImage(Libvips vips, MemorySegment pointer) {
        this.vips = vips;
        this.pointer = pointer;
    }

    /**
     * Reads the header of a file, or returns null. Pixels are decoded later, from the first row to the last one, and only
     * once; {@code file} must live until the image is closed.
     */
    static @Nullable VipsImage load(Libvips vips, MemorySegment file, String options) {
        MemorySegment pointer = vips.load(file, "access=sequential,fail-on=error" + options);
        return pointer == null ? null : new VipsImage(vips, pointer);
    }

    int width() {
        return vips.width.applyAsInt(pointer);
    }

    /** Returns the height of all loaded frames together. */
    int height() {
        return vips.height.applyAsInt(pointer);
    }

    int bands() {
        return vips.bands.applyAsInt(pointer);
    }

    /** Returns the number of bytes of a sample. */
    int sampleBytes() {
        // By number of VipsBandFormat: (u)char, (u)short, (u)int, float, complex, double, double complex.
        return new int[] {1, 1, 2, 2, 4, 4, 4, 8, 8, 16}[vips.sampleFormat.applyAsInt(pointer)];
    }

    boolean hasAlpha() {
        return vips.hasAlpha.applyAsInt(pointer) != 0;
    }

    int orientation() {
        return vips.orientation.applyAsInt(pointer);
    }

    /** Returns the number of frames in the file. */
    int frames() {
        return Math.max(1, vips.pages.applyAsInt(pointer));
    }

    boolean isInterlaced() {
        return vips.hasField(pointer, "interlaced") || vips.hasField(pointer, "jpeg-multiscan");
    }

    /** Returns whether it has metadata that an output must not have, such as the place where a photograph was taken. */
    boolean hasMetadata() {
        for (String field : METADATA) {
            if (vips.hasField(pointer, field)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the format of the file, or null if it was read by a loader of another one. */
    @Nullable
    ImageFormat format() {
        String loader = vips.text(pointer, "vips-loader");
        for (ImageFormat format : ImageFormat.values()) {
            if (loader != null && loader.startsWith(format.loader())) {
                boolean hevc = format == ImageFormat.AVIF && !"av1".equals(vips.text(pointer, "heif-compression"));
                return hevc ? ImageFormat.HEIC : format;
            }
        }
        return null;
    }

    /** Scales each frame to the given number of pixels. */
    void resize(int width, int height, int frames) throws VipsFailedException {
        double horizontal = (double) width / width();
        double vertical = (double) height * frames / height();
        if (horizontal == 1 && vertical == 1) {
            return;
        }
        boolean alpha = hasAlpha();
        int samples = vips.sampleFormat.applyAsInt(pointer);
        if (alpha) {
            // Otherwise, the colours of transparent pixels would bleed into their neighbours.
            replace(vips.premultiply.apply(pointer));
        }
        replace(vips.resize(pointer, horizontal, vertical));
        if (alpha) {
            replace(vips.unpremultiply.apply(pointer));
            replace(vips.cast.apply(pointer, samples));
        }
        if (frames > 1) {
            vips.setField(pointer, PAGE_HEIGHT, height);
        }
    }

    /** Converts colours to sRGB, or shades of grey, with 8 bits a sample. */
    void toSrgb() throws VipsFailedException {
        int space = vips.interpretation.applyAsInt(pointer);
        boolean grey = space == GREY || space == GREY16;
        MemorySegment profile = vips.blob(pointer, PROFILE);
        if (space == CMYK || (profile != null && !(isSimple(space) && SrgbProfile.matches(profile)))) {
            replace(vips.toSrgb(pointer));
            space = vips.interpretation.applyAsInt(pointer);
        }
        if (grey ? space != GREY : space != SRGB) {
            convert(grey ? GREY : SRGB);
        }
        if (vips.sampleFormat.applyAsInt(pointer) != BYTE) {
            replace(vips.cast.apply(pointer, BYTE));
        }
    }

    /** Converts colours to a {@code VipsInterpretation}, without profiles. */
    void convert(int space) throws VipsFailedException {
        replace(vips.colourSpace.apply(pointer, space));
    }

    /** Returns whether {@link #toSrgb} would change nothing. */
    boolean isSrgb() {
        int space = vips.interpretation.applyAsInt(pointer);
        MemorySegment profile = vips.blob(pointer, PROFILE);
        return profile == null
                ? isSimple(space) || (space == GREY && vips.sampleFormat.applyAsInt(pointer) == BYTE)
                : isSimple(space) && SrgbProfile.matches(profile);
    }

    private boolean isSimple(int space) {
        return space == SRGB && vips.sampleFormat.applyAsInt(pointer) == BYTE;
    }

    /** Turns and mirrors it as its orientation says. */
    void turnUpright() throws VipsFailedException {
        if (orientation() > 1) {
            // Rows are needed in another order than the one in which they are decoded.
            decode();
            replace(vips.upright.apply(pointer));
        }
    }

    /** Computes all pixels and keeps them in memory, so that it can be encoded several times. */
    void decode() throws VipsFailedException {
        replace(vips.decode(pointer));
    }

    /** Returns whether all pixels can be computed; keeps none of them. */
    boolean isReadable() {
        return vips.average.apply(pointer) != null;
    }

    /** Encodes it; {@code suffix} is an extension with options, such as {@code .jpg[Q=50]}. */
    byte[] encode(String suffix) throws VipsFailedException {
        byte[] bytes = vips.save(pointer, suffix);
        if (bytes == null) {
            throw new VipsFailedException();
        }
        return bytes;
    }

    private void replace(@Nullable MemorySegment next) throws VipsFailedException {
        if (next == null) {
            throw new VipsFailedException();
        }
        vips.release.accept(pointer);
        pointer = next;
    }

    @Override
    public void close() {
        vips.release.accept(pointer);
    }
}
