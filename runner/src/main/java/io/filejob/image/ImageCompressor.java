package io.filejob.image;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Compresses images in memory. An instance serves the whole process and any number of threads; each compression uses one
 * thread and native memory, which {@link #estimateMemory} bounds and which is freed at its end.
 *
 * <p>An output is upright: its pixels are turned as the input's EXIF orientation says. Its colours are sRGB, converted from
 * the input's ICC profile, with 8 bits a sample. It has no metadata (EXIF with the place and the camera, XMP, IPTC,
 * comments, ICC profiles). GIF and WebP keep all frames, with their delays; of an animation, other formats get the first
 * frame. JPEG shows transparent pixels on white.
 *
 * <p>If the output is not smaller than the input and has the same format, the input is the result, byte for byte, even if
 * a smaller scale was requested: it keeps its ICC profile and whatever follows the end of the image. An input with other metadata
 * is never kept, since that could publish the place where a photograph was taken, and since its orientation is metadata:
 * the result is then the larger output. An output of another format is the result whatever its size, since the format was
 * requested.
 *
 * <p>Only the header is read before the number of pixels is checked. Loaders of formats other than {@link ImageFormat} are
 * switched off, such as those of SVG and PDF.
 */
public final class ImageCompressor {
    private static @Nullable ImageCompressor instance;

    private final Libvips vips;

    private ImageCompressor(Libvips vips) {
        this.vips = vips;
    }

    /**
     * Returns the compressor of this process, and loads libvips the first time: the shared library that the environment
     * variable {@code FILEJOB_LIBVIPS} names, else {@code libvips.so} in the folder {@code lib} beside FileJob's jar, else
     * the system's. The JVM needs {@code --enable-native-access}.
     */
    public static ImageCompressor open() throws LibvipsMissingException {
        return open(System.getenv(LibvipsFile.VARIABLE));
    }

    /** As {@link #open()}, with another value of the environment variable. */
    static synchronized ImageCompressor open(@Nullable String variable) throws LibvipsMissingException {
        if (instance == null) {
            NativeHeap.limit();
            instance = new ImageCompressor(new Libvips(LibvipsFile.load(variable, LibvipsFile.jar())));
        }
        return instance;
    }

    /** Returns the version of libvips, such as {@code 8.18.7}. The same input has the same output within a version. */
    public String libraryVersion() {
        return vips.version();
    }

    Libvips vips() {
        return vips;
    }

    /** Returns the header of an image in heap or native memory. Decodes no pixels. */
    public ImageHeader readHeader(MemorySegment image) throws ImageException {
        try (Arena arena = Arena.ofConfined()) {
            return new ImageCompression(vips, inNativeMemory(image, arena)).readHeader();
        } finally {
            vips.clearErrors();
        }
    }

    /** Returns an upper bound of the native memory, in bytes, of a compression, without the input itself. */
    public static long estimateMemory(ImageHeader header, CompressionOptions options) {
        return MemoryEstimate.bytes(header, options);
    }

    /** Compresses an image in heap or native memory; the latter is not copied. */
    public CompressedImage compress(MemorySegment image, CompressionOptions options) throws ImageException {
        try (Arena arena = Arena.ofConfined()) {
            return new ImageCompression(vips, inNativeMemory(image, arena)).run(options);
        } finally {
            vips.clearErrors();
        }
    }

    /**
     * Compresses the image in {@code file}, which must not change meanwhile, unless that may take more than {@code
     * maxMemory} bytes of native memory.
     */
    public CompressedImage compress(Path file, CompressionOptions options, long maxMemory)
            throws IOException, ImageException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file)) {
            MemorySegment image = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            ImageHeader header = readHeader(image);
            long memory = estimateMemory(header, options);
            if (memory > maxMemory && header.pixels() <= options.maxPixels()) {
                throw new ImageException(
                        ImageProblem.TOO_MUCH_MEMORY,
                        "its compression may take " + memory + " bytes (limit " + maxMemory + ")");
            }
            return compress(image, options);
        }
    }

    /** Compresses an image. */
    public CompressedImage compress(byte[] image, CompressionOptions options) throws ImageException {
        return compress(MemorySegment.ofArray(image), options);
    }

    private static MemorySegment inNativeMemory(MemorySegment image, Arena arena) {
        return image.isNative()
                ? image
                : arena.allocateFrom(ValueLayout.JAVA_BYTE, image, ValueLayout.JAVA_BYTE, 0, image.byteSize());
    }
}
