package io.filejob.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** The compressor under test, and images of all kinds that are made with libvips or by hand. */
final class SampleImages {
    private static final Path SCRIPT =
            Path.of("../scripts/libvips").toAbsolutePath().normalize();

    private SampleImages() {}

    /** Returns the compressor of this process. */
    static ImageCompressor compressor() {
        try {
            return ImageCompressor.open(library());
        } catch (LibvipsMissingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the path of the library: that of the environment, else the one that the project's script finds. */
    static synchronized String library() {
        String variable = System.getenv(LibvipsFile.VARIABLE);
        try {
            return variable != null ? variable : run(SCRIPT.toString()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns a PNG file without metadata. */
    static byte[] png(BufferedImage picture) {
        return new PngFile(picture.getWidth(), picture.getHeight(), 8, PngFile.RGB)
                .rows(Pixels.rgb(picture), 3 * picture.getWidth());
    }

    /** Returns the image encoded by libvips; {@code suffix} is an extension with options. */
    static byte[] encoded(byte[] file, String suffix) {
        return converted(file, suffix, -1);
    }

    /** Returns the image encoded in another colour space, a {@code VipsInterpretation}. */
    static byte[] converted(byte[] file, String suffix, int space) {
        Libvips vips = compressor().vips();
        try (Arena arena = Arena.ofConfined();
                VipsImage image = Objects.requireNonNull(
                        VipsImage.load(vips, arena.allocateFrom(ValueLayout.JAVA_BYTE, file), ""))) {
            if (space >= 0) {
                image.convert(space);
            }
            return image.encode(suffix);
        } catch (VipsFailedException e) {
            throw new IllegalStateException(suffix, e);
        }
    }

    /** Returns a JPEG file of good quality without metadata. */
    static byte[] jpeg(BufferedImage picture) {
        return encoded(png(picture), ".jpg[Q=95,strip]");
    }

    /** Returns a JPEG file with a further segment behind its first marker. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        return joined(
                Arrays.copyOf(jpeg, 2),
                ByteBuffer.allocate(4)
                        .put((byte) 0xff)
                        .put((byte) marker)
                        .putShort((short) (data.length + 2))
                        .array(),
                data,
                Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** Returns a JPEG file with EXIF: an orientation, a camera, and a latitude. */
    static byte[] withExif(byte[] jpeg, int orientation) {
        return withSegment(jpeg, 0xe1, joined(ascii("Exif\0\0"), exif(orientation)));
    }

    /** Returns EXIF with an orientation, the camera "SecretCam", and a latitude. */
    static byte[] exif(int orientation) {
        int gps = 8 + 2 + 3 * 12 + 4;
        int camera = gps + 2 + 2 * 12 + 4;
        int latitude = camera + 10;
        ByteBuffer tiff = ByteBuffer.allocate(latitude + 24).put(ascii("MM\0*")).putInt(8);
        tiff.putShort((short) 3);
        entry(tiff, 0x010f, 2, 10).putInt(camera);
        entry(tiff, 0x0112, 3, 1).putShort((short) orientation).putShort((short) 0);
        entry(tiff, 0x8825, 4, 1).putInt(gps);
        tiff.putInt(0).putShort((short) 2);
        entry(tiff, 1, 2, 2).put(ascii("N\0\0\0"));
        entry(tiff, 2, 5, 3).putInt(latitude);
        tiff.putInt(0).put(ascii("SecretCam\0"));
        return tiff.putInt(48)
                .putInt(1)
                .putInt(8)
                .putInt(1)
                .putInt(33)
                .putInt(1)
                .array();
    }

    private static ByteBuffer entry(ByteBuffer tiff, int tag, int type, int count) {
        return tiff.putShort((short) tag).putShort((short) type).putInt(count);
    }

    /** Returns a JPEG file with an ICC profile, in as many segments as it takes. */
    static byte[] withProfile(byte[] jpeg, byte[] profile) {
        int most = 65_519;
        int count = (profile.length + most - 1) / most;
        byte[] result = jpeg;
        for (int i = count; i > 0; i--) {
            byte[] part = Arrays.copyOfRange(profile, (i - 1) * most, Math.min(profile.length, i * most));
            result = withSegment(
                    result, 0xe2, joined(ascii("ICC_PROFILE\0"), new byte[] {(byte) i, (byte) count}, part));
        }
        return result;
    }

    /** Returns the JDK's profile of sRGB. */
    static byte[] srgbProfile() {
        return ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    }

    /** Returns a profile with red and green exchanged, so that a conversion shows. */
    static byte[] swappedProfile() {
        String text = new String(srgbProfile(), ISO_8859_1);
        // The header comes first, and names of tags occur once in the table that follows it.
        String table = text.substring(128, 600)
                .replace("rXYZ", "?XYZ")
                .replace("gXYZ", "rXYZ")
                .replace("?XYZ", "gXYZ");
        return (text.substring(0, 128) + table + text.substring(600)).getBytes(ISO_8859_1);
    }

    static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
