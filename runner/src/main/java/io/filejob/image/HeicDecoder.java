package io.filejob.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out whether a libvips decodes HEIC. Every build with AVIF reads the headers of HEIC files; whether it decodes
 * their pixels depends on the decoders that libheif finds, and libvips has no function that tells. So one small image is
 * decoded, when the first HEIC file occurs.
 */
final class HeicDecoder {
    /** The message about a HEIC file if there is no decoder. */
    static final String MISSING = "this machine's libvips cannot decode HEIC; set " + LibvipsFile.VARIABLE
            + " to a build with a decoder of HEVC, for example Debian's (libvips42)";

    /** The libraries that were asked for: one in a process. */
    private static final Map<Libvips, Boolean> DECODES = new ConcurrentHashMap<>();

    private HeicDecoder() {}

    /** Returns whether {@code vips} decodes HEIC; the first call decodes an image. Thread-safe. */
    static boolean isIn(Libvips vips) {
        return DECODES.computeIfAbsent(vips, HeicDecoder::decodes);
    }

    private static boolean decodes(Libvips vips) {
        try (Arena arena = Arena.ofConfined();
                VipsImage image = VipsImage.load(vips, sample(arena), "")) {
            return image != null && image.isReadable();
        }
    }

    private static MemorySegment sample(Arena arena) {
        try (InputStream in = Objects.requireNonNull(HeicDecoder.class.getResourceAsStream("sample.heic"))) {
            return arena.allocateFrom(ValueLayout.JAVA_BYTE, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
