package io.filejob.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of image files by their first bytes, for messages about files whose header libvips does not read. */
final class ImageSignature {
    private static final int LENGTH = 1024;

    private record ImageType(String name, @Nullable ImageFormat format, String start) {}

    private static final List<ImageType> KINDS = List.of(
            new ImageType("JPEG", ImageFormat.JPEG, "\u00ff\u00d8\u00ff"),
            new ImageType("PNG", ImageFormat.PNG, "\u0089PNG\r\n\u001a\n"),
            new ImageType("GIF", ImageFormat.GIF, "GIF8"),
            new ImageType("TIFF", ImageFormat.TIFF, "II*\0"),
            new ImageType("TIFF", ImageFormat.TIFF, "MM\0*"),
            new ImageType("TIFF", ImageFormat.TIFF, "II+\0"),
            new ImageType("TIFF", ImageFormat.TIFF, "MM\0+"),
            new ImageType("PDF", null, "%PDF"),
            new ImageType("JPEG XL", null, "\u00ff\n"),
            new ImageType("JPEG XL", null, "\0\0\0\fJXL "),
            new ImageType("JPEG 2000", null, "\0\0\0\fjP  "),
            new ImageType("JPEG 2000", null, "\u00ffO\u00ffQ"),
            new ImageType("Photoshop", null, "8BPS"),
            new ImageType("icon", null, "\0\0\1\0"),
            new ImageType("OpenEXR", null, "v/1\1"),
            new ImageType("Radiance", null, "#?RADIANCE"),
            new ImageType("BMP", null, "BM"));

    private ImageSignature() {}

    /** Returns the problem of a file whose header cannot be read. */
    static ImageException unreadable(Libvips vips, MemorySegment file) {
        String start = start(file);
        ImageType kind = kind(start);
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
        return kind.format == ImageFormat.HEIC && !HeicDecoder.isIn(vips)
                ? unsupported(HeicDecoder.MISSING)
                : new ImageException(ImageProblem.DAMAGED, "the header of the " + kind.name + " image is damaged");
    }

    /** Returns the format of a file with this beginning. */
    static Optional<ImageFormat> format(byte[] start) {
        return Optional.ofNullable(kind(new String(start, ISO_8859_1))).map(ImageType::format);
    }

    private static ImageException unsupported(String message) {
        return new ImageException(ImageProblem.UNSUPPORTED_FORMAT, message);
    }

    private static @Nullable ImageType kind(String start) {
        for (ImageType kind : KINDS) {
            if (start.startsWith(kind.start)) {
                return kind;
            }
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return new ImageType("WebP", ImageFormat.WEBP, "RIFF");
        }
        if (start.startsWith("ftyp", 4)) {
            return switch (start.substring(8, Math.min(start.length(), 12))) {
                case "avif" -> new ImageType("AVIF", ImageFormat.AVIF, "");
                case "avis" -> new ImageType("AVIF", null, "");
                case "heic", "heix", "hevc", "heim", "heis", "mif1" -> new ImageType("HEIC", ImageFormat.HEIC, "");
                default -> null;
            };
        }
        String text = start.toLowerCase(Locale.ROOT);
        boolean svg = text.contains("<svg") && !text.contains("<html");
        return svg ? new ImageType("SVG", null, "") : null;
    }

    /** Returns the first bytes, each as a character. */
    static String start(MemorySegment file) {
        return new String(
                file.asSlice(0, Math.min(LENGTH, file.byteSize())).toArray(ValueLayout.JAVA_BYTE), ISO_8859_1);
    }
}
