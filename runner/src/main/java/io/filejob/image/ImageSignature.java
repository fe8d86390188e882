package io.filejob.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of image files by their first bytes, for messages about files whose header libvips does not read. */
final class ImageSignature {
    private static final int LENGTH = 1024;

    private record Kind(String name, @Nullable ImageFormat format, String start) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("JPEG", ImageFormat.JPEG, "\u00ff\u00d8\u00ff"),
            new Kind("PNG", ImageFormat.PNG, "\u0089PNG\r\n\u001a\n"),
            new Kind("GIF", ImageFormat.GIF, "GIF8"),
            new Kind("TIFF", ImageFormat.TIFF, "II*\0"),
            new Kind("TIFF", ImageFormat.TIFF, "MM\0*"),
            new Kind("TIFF", ImageFormat.TIFF, "II+\0"),
            new Kind("TIFF", ImageFormat.TIFF, "MM\0+"),
            new Kind("PDF", null, "%PDF"),
            new Kind("JPEG XL", null, "\u00ff\n"),
            new Kind("JPEG XL", null, "\0\0\0\fJXL "),
            new Kind("JPEG 2000", null, "\0\0\0\fjP  "),
            new Kind("JPEG 2000", null, "\u00ffO\u00ffQ"),
            new Kind("Photoshop", null, "8BPS"),
            new Kind("icon", null, "\0\0\1\0"),
            new Kind("OpenEXR", null, "v/1\1"),
            new Kind("Radiance", null, "#?RADIANCE"),
            new Kind("BMP", null, "BM"));

    private ImageSignature() {}

    /** Returns the problem of a file whose header cannot be read. */
    static ImageException unreadable(Libvips vips, MemorySegment file) {
        String start = start(file);
        Kind kind = kind(start);
        if (kind == null) {
            return new ImageException(
                    ImageProblem.NOT_AN_IMAGE, file.byteSize() == 0 ? "empty file" : "the file is not an image");
        }
        if (kind.format == null) {
            return unsupported(kind.name + " images are not supported");
        }
        if (!vips.canRead(kind.format)) {
            return unsupported("this machine's libvips cannot read " + kind.name);
        }
        return kind.format == ImageFormat.HEIC
                ? unsupported("this machine's libvips cannot decode HEIC")
                : new ImageException(ImageProblem.DAMAGED, "the header of the " + kind.name + " image is damaged");
    }

    private static ImageException unsupported(String message) {
        return new ImageException(ImageProblem.UNSUPPORTED_FORMAT, message);
    }

    private static @Nullable Kind kind(String start) {
        for (Kind kind : KINDS) {
            if (start.startsWith(kind.start)) {
                return kind;
            }
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return new Kind("WebP", ImageFormat.WEBP, "RIFF");
        }
        if (start.startsWith("ftyp", 4)) {
            return switch (start.substring(8, Math.min(start.length(), 12))) {
                case "avif" -> new Kind("AVIF", ImageFormat.AVIF, "");
                case "avis" -> new Kind("AVIF", null, "");
                case "heic", "heix", "hevc", "heim", "heis", "mif1" -> new Kind("HEIC", ImageFormat.HEIC, "");
                default -> null;
            };
        }
        String text = start.toLowerCase(Locale.ROOT);
        boolean svg = text.contains("<svg") && !text.contains("<html");
        return svg ? new Kind("SVG", null, "") : null;
    }

    /** Returns the first bytes, each as a character. */
    static String start(MemorySegment file) {
        return new String(
                file.asSlice(0, Math.min(LENGTH, file.byteSize())).toArray(ValueLayout.JAVA_BYTE), ISO_8859_1);
    }
}
