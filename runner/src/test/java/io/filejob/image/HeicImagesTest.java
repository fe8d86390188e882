package io.filejob.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * HEIC photographs: compressed where libvips decodes them, as Debian's does, and refused by name elsewhere, for example by
 * the library in the worker's image. {@code gradient.heic} was encoded with pillow-heif (libheif and x265): red grows by
 * the column, green by the row.
 */
final class HeicImagesTest {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int BLUE = 96;
    private static final CompressionOptions BEST = CompressionOptions.defaults().withQuality(95);

    private final ImageCompressor compressor = SampleImages.compressor();
    private final byte[] heic = file();

    /** Returns the photograph. */
    static byte[] file() {
        try (InputStream in = Objects.requireNonNull(HeicImagesTest.class.getResourceAsStream("gradient.heic"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isDecoded() {
        try (Arena arena = Arena.ofConfined();
                VipsImage image = Objects.requireNonNull(
                        VipsImage.load(compressor.vips(), arena.allocateFrom(ValueLayout.JAVA_BYTE, heic), ""))) {
            return image.isReadable();
        }
    }

    private static BufferedImage gradient() {
        BufferedImage gradient = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int red = 255 * x / (WIDTH - 1);
                int green = 255 * y / (HEIGHT - 1);
                gradient.setRGB(x, y, new Color(red, green, BLUE).getRGB());
            }
        }
        return gradient;
    }

    private void refuses(byte[] file, CompressionOptions options, ImageProblem problem, String message) {
        assertThatThrownBy(() -> compressor.compress(file, options))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessage(message);
    }

    @Test
    void theSampleTellsWhetherOtherFilesAreDecoded() {
        assertThat(HeicDecoder.isIn(compressor.vips())).isEqualTo(isDecoded());
    }

    @Test
    void theHeaderIsReadByAllBuilds() throws ImageException {
        ImageHeader header = compressor.readHeader(MemorySegment.ofArray(heic));
        assertThat(header).isEqualTo(new ImageHeader(ImageFormat.HEIC, WIDTH, HEIGHT, 1, 3, 1, false, 1));
        assertThat(ImageFormat.of(heic)).contains(ImageFormat.HEIC);
    }

    @Test
    void aPhotographBecomesJpegOrTheRequestedFormat() throws Exception {
        if (!isDecoded()) {
            refuses(heic, BEST, ImageProblem.UNSUPPORTED_FORMAT, HeicDecoder.MISSING);
            refuses(heic, BEST.withFormat(ImageFormat.PNG), ImageProblem.UNSUPPORTED_FORMAT, HeicDecoder.MISSING);
            return;
        }
        CompressedImage jpeg = compressor.compress(heic, BEST);
        assertThat(jpeg.format()).as("HEIC is not written").isEqualTo(ImageFormat.JPEG);
        assertThat(jpeg.kept()).isFalse();
        assertThat(Pixels.meanError(gradient(), Pixels.decode(jpeg.bytes()))).isLessThan(6);
        CompressedImage png = compressor.compress(
                heic, BEST.withQuality(100).withFormat(ImageFormat.PNG).withScale(50));
        assertThat(png.format()).isEqualTo(ImageFormat.PNG);
        assertThat(Pixels.meanError(Pixels.shrunk(gradient(), 2), Pixels.decode(png.bytes())))
                .isLessThan(6);
    }

    @Test
    void aTruncatedPhotographIsNeverCompressed() {
        ImageProblem problem = isDecoded() ? ImageProblem.DAMAGED : ImageProblem.UNSUPPORTED_FORMAT;
        for (int part = 1; part < 20; part++) {
            byte[] cut = Arrays.copyOf(heic, heic.length * part / 20);
            assertThatThrownBy(() -> compressor.compress(cut, BEST))
                    .as("%d of %d bytes", cut.length, heic.length)
                    .isInstanceOfSatisfying(
                            ImageException.class, e -> assertThat(e.problem()).isEqualTo(problem));
        }
    }
}
