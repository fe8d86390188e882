package io.filejob.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be compressed have the right reason, and no pixel of a bomb is decoded. */
final class RefusedImagesTest {
    private static final BufferedImage PICTURE = Pixels.picture(120, 80);
    private static final CompressionOptions DEFAULTS = CompressionOptions.defaults();

    private final ImageCompressor compressor = SampleImages.compressor();

    @Test
    void filesOfOtherKindsAreNamed() {
        refuses(new byte[0], ImageProblem.NOT_AN_IMAGE, "empty file");
        refuses("<!doctype html><html><svg></svg>", ImageProblem.NOT_AN_IMAGE, "the file is not an image");
        refuses("P6 1 1 255 abc", ImageProblem.NOT_AN_IMAGE, "the file is not an image");
        refuses("RIFF\0\0\0\0WAVE", ImageProblem.NOT_AN_IMAGE, "the file is not an image");
        refuses(
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
                ImageProblem.UNSUPPORTED_FORMAT,
                "SVG images are not supported");
        refuses("%PDF-1.7\n", ImageProblem.UNSUPPORTED_FORMAT, "PDF images are not supported");
        refuses("BM012345678", ImageProblem.UNSUPPORTED_FORMAT, "BMP images are not supported");
        refuses("\u00ff\u00d8\u00ff\u00e0 nonsense", ImageProblem.DAMAGED, "the header of the JPEG image is damaged");
        refuses("\u0089PNG\r\n\u001a\nxx", ImageProblem.DAMAGED, "the header of the PNG image is damaged");
    }

    @Test
    void animatedPngIsRefusedSinceItsFramesWouldBeLost() {
        byte[] png = new PngFile(1, 1, 8, PngFile.GREY)
                .chunk("acTL", ByteBuffer.allocate(8).putInt(2).array())
                .rows(new byte[1], 1);
        refuses(png, ImageProblem.UNSUPPORTED_FORMAT, "animated PNG images are not supported");
    }

    @Test
    void bombsAreStoppedByTheirHeader() {
        // No pixels at all: the header alone must decide.
        byte[] png = new PngFile(20_000, 5_000, 8, PngFile.RGB).end(new byte[0]);
        refuses(png, ImageProblem.TOO_MANY_PIXELS, "too many pixels (20000x5000, limit 50000000)");
        byte[] gif = SampleImages.encoded(SampleImages.png(Pixels.picture(100, 1000)), ".gif[page-height=10]");
        assertThatThrownBy(() -> compressor.compress(gif, DEFAULTS.withMaxPixels(99_999)))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.problem()).isEqualTo(ImageProblem.TOO_MANY_PIXELS))
                .hasMessage("too many pixels (100x10x100, limit 99999)");
    }

    @Test
    void sizesThatAFormatDoesNotHoldAreRefused() {
        byte[] tall = new PngFile(1, 100_000, 8, PngFile.GREY).rows(new byte[100_000], 1);
        for (ImageFormat format :
                new ImageFormat[] {ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.AVIF, ImageFormat.GIF}) {
            assertThatThrownBy(() -> compressor.compress(tall, DEFAULTS.withFormat(format)))
                    .isInstanceOfSatisfying(ImageException.class, e -> assertThat(e.problem())
                            .isEqualTo(ImageProblem.UNSUPPORTED_FORMAT))
                    .hasMessageStartingWith(format + " does not hold 1x100000 pixels");
        }
    }

    @Test
    void aTargetBelowTheLowestQualityIsNotReached() {
        byte[] jpeg = SampleImages.jpeg(PICTURE);
        assertThatThrownBy(() -> compressor.compress(jpeg, DEFAULTS.withTarget(SizeTarget.ofBytes(100))))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.problem()).isEqualTo(ImageProblem.TARGET_NOT_REACHED))
                .hasMessageMatching("too large even at quality 1 \\(\\d+ bytes, limit 100\\)");
    }

    @Test
    void truncatedImagesAreRefused() {
        byte[] png = SampleImages.png(PICTURE);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("JPEG", SampleImages.jpeg(PICTURE));
        files.put("progressive JPEG", SampleImages.encoded(png, ".jpg[interlace]"));
        files.put("PNG", png);
        files.put("interlaced PNG", SampleImages.encoded(png, ".png[interlace]"));
        files.put("WebP", SampleImages.encoded(png, ".webp"));
        files.put("animated WebP", SampleImages.encoded(png, ".webp[page-height=40]"));
        files.put("AVIF", SampleImages.encoded(png, ".avif[effort=0]"));
        files.put("GIF", SampleImages.encoded(png, ".gif"));
        files.put("animated GIF", SampleImages.encoded(png, ".gif[page-height=40]"));
        files.put("TIFF", SampleImages.encoded(png, ".tif"));
        List<String> accepted = new ArrayList<>();
        files.forEach((name, file) -> {
            for (int part = 0; part < 24; part++) {
                byte[] cut = Arrays.copyOf(file, file.length * part / 25);
                try {
                    compressor.compress(cut, part % 2 == 0 ? DEFAULTS : DEFAULTS.withScale(20));
                    accepted.add(name + " cut at " + cut.length + " of " + file.length);
                } catch (ImageException e) {
                    ImageProblem expected = cut.length < 16 ? e.problem() : ImageProblem.DAMAGED;
                    assertThat(e.problem()).as(name + " cut at " + cut.length).isEqualTo(expected);
                }
            }
        });
        assertThat(accepted).isEmpty();
    }

    @Test
    void withoutTheLibraryTheRemedyIsNamed(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> LibvipsFile.load(folder.resolve("none.so").toString(), null))
                .isInstanceOf(LibvipsMissingException.class)
                .hasMessage("FILEJOB_LIBVIPS: libvips cannot be loaded (" + folder + "/none.so); install it (on Debian "
                        + "and Ubuntu: apt-get install libvips42), or set FILEJOB_LIBVIPS to its shared library");
        Path lib = Files.createDirectories(folder.resolve("lib")).resolve("libvips.so");
        Files.createDirectory(lib);
        assertThatThrownBy(() -> LibvipsFile.load("", folder.resolve("filejob-runner.jar")))
                .isInstanceOf(LibvipsMissingException.class)
                .hasMessageContaining(lib.toString());
        assertThat(SampleImages.library()).isNotEmpty();
    }

    private void refuses(String start, ImageProblem problem, String message) {
        refuses(SampleImages.ascii(start), problem, message);
    }

    private void refuses(byte[] file, ImageProblem problem, String message) {
        assertThatThrownBy(() -> compressor.compress(file, DEFAULTS))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessage(message);
    }
}
