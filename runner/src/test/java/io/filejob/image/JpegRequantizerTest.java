package io.filejob.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.image.jpeg.JpegRequantizer;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** JPEG files that are compressed without decoding their pixels show the same picture; other files are left alone. */
final class JpegRequantizerTest {
    /** The {@code VipsInterpretation} of shades of grey. */
    private static final int GREY = 1;

    private static final String SUBSAMPLED = ".jpg[Q=92,subsample-mode=on";

    private static Map<String, byte[]> sources() {
        Map<String, byte[]> sources = new LinkedHashMap<>();
        for (int[] size : new int[][] {{200, 160}, {1, 1}, {7, 9}, {16, 16}, {33, 17}, {640, 8}, {255, 241}}) {
            byte[] png = SampleImages.png(noisy(size[0], size[1]));
            String name = size[0] + "x" + size[1];
            sources.put(name, SampleImages.encoded(png, SUBSAMPLED + "]"));
            sources.put(name + " grey", SampleImages.converted(png, ".jpg[Q=92]", GREY));
            sources.put(name + " restarting", SampleImages.encoded(png, SUBSAMPLED + ",restart-interval=3]"));
            sources.put(name + " optimized", SampleImages.encoded(png, SUBSAMPLED + ",optimize-coding]"));
            sources.put(name + " coarse", SampleImages.encoded(png, ".jpg[Q=40,subsample-mode=on]"));
            sources.put(name + " fine", SampleImages.encoded(png, ".jpg[Q=100,subsample-mode=on]"));
        }
        return sources;
    }

    private static BufferedImage noisy(int width, int height) {
        SplittableRandom random = new SplittableRandom(width);
        BufferedImage picture = Pixels.picture(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int grain = random.nextInt(24);
                picture.setRGB(x, y, picture.getRGB(x, y) + (grain << 16 | grain << 8 | grain) - 0x040404);
            }
        }
        return picture;
    }

    private static byte[] compressed(byte[] source, int quality) {
        return Objects.requireNonNull(JpegRequantizer.compress(source, quality));
    }

    /** Of a few blocks, whose first coefficients are rounded by steps of 2 shades, either way may be nearer by chance. */
    @Test
    void errorAndSizeAreThoseOfDecodingAndEncoding() throws Exception {
        for (Map.Entry<String, byte[]> source : sources().entrySet()) {
            BufferedImage picture = Pixels.decode(source.getValue());
            for (int quality : new int[] {5, 30, 50, 80, 95}) {
                byte[] output = compressed(source.getValue(), quality);
                byte[] other = SampleImages.encoded(
                        source.getValue(), ".jpg[subsample-mode=on,optimize-coding,strip,Q=" + quality + "]");
                String name = source.getKey() + " at " + quality;
                assertThat(Pixels.meanError(Pixels.decode(output), picture))
                        .as(name)
                        .isLessThan(1.05 * Pixels.meanError(Pixels.decode(other), picture)
                                + (source.getValue().length < 2_000 ? 3 : 0.1));
                assertThat(output.length).as(name).isLessThan(other.length * 6 / 5 + 40);
            }
        }
    }

    @Test
    void theCoefficientsOfTheBestQualityStayAsTheyAre() throws Exception {
        for (Map.Entry<String, byte[]> source : sources().entrySet()) {
            byte[] output = compressed(source.getValue(), 100);

            assertThat(Pixels.meanError(Pixels.decode(output), Pixels.decode(source.getValue())))
                    .as(source.getKey())
                    .isZero();
            assertThat(compressed(output, 100)).as(source.getKey()).isEqualTo(output);
        }
    }

    @Test
    void whatNeedsADecoderIsLeftAlone() {
        byte[] png = SampleImages.png(Pixels.picture(64, 48));
        assertThat(JpegRequantizer.compress(png, 50)).isNull();
        assertThat(JpegRequantizer.compress(new byte[0], 50)).isNull();
        for (String kind : new String[] {
            SUBSAMPLED + ",interlace]", ".jpg[Q=92,subsample-mode=off]", SUBSAMPLED + ",interlace,optimize-scans]"
        }) {
            assertThat(JpegRequantizer.compress(SampleImages.encoded(png, kind), 50))
                    .as(kind)
                    .isNull();
        }
        byte[] cmyk = SampleImages.converted(png, ".jpg[Q=92]", 15);
        assertThat(JpegRequantizer.compress(cmyk, 50)).isNull();
        byte[] full = SampleImages.encoded(png, ".jpg[Q=95,subsample-mode=off]");
        assertThat(JpegRequantizer.compress(full, 90)).isNotNull();
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        assertThat(JpegRequantizer.compress(SampleImages.withSegment(full, 0xee, adobe), 90))
                .isNull();
        adobe[11] = 1;
        assertThat(JpegRequantizer.compress(SampleImages.withSegment(full, 0xee, adobe), 90))
                .isNotNull();
    }

    /** An image of noise has a coefficient for each pixel, and so needs more memory than others of its size. */
    @Test
    void anImageOfNoiseIsLeftAlone() throws Exception {
        BufferedImage noise = new BufferedImage(1_000, 800, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < noise.getWidth() * noise.getHeight(); i++) {
            noise.setRGB(i % noise.getWidth(), i / noise.getWidth(), random.nextInt(1 << 24));
        }
        byte[] file = SampleImages.encoded(SampleImages.png(noise), ".jpg[Q=80,subsample-mode=on]");

        assertThat(JpegRequantizer.compress(file, 80)).isNull();
        assertThat(SampleImages.compressor()
                        .compress(file, CompressionOptions.defaults().withQuality(80))
                        .width())
                .isEqualTo(1_000);
    }

    @Test
    void everyTruncatedFileIsLeftAlone() {
        byte[] file = SampleImages.encoded(SampleImages.png(noisy(40, 24)), SUBSAMPLED + ",restart-interval=2]");
        for (int length = 0; length < file.length; length++) {
            assertThat(JpegRequantizer.compress(Arrays.copyOf(file, length), 50))
                    .as(length + " bytes")
                    .isNull();
        }
    }

    /** Damage may show in the picture, but its file is sound. */
    @Test
    void outputsForDamagedFilesAreFiles() {
        byte[] png = SampleImages.png(noisy(48, 40));
        byte[][] files = {
            SampleImages.encoded(png, SUBSAMPLED + "]"),
            SampleImages.encoded(png, SUBSAMPLED + ",restart-interval=2]"),
            SampleImages.converted(png, ".jpg[Q=92]", GREY)
        };
        SplittableRandom random = new SplittableRandom(7);
        int outputs = 0;
        for (int i = 0; i < 6_000; i++) {
            byte[] damaged = files[i % files.length].clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] output = JpegRequantizer.compress(damaged, 50);
            if (output != null) {
                outputs++;
                assertThat(SampleImages.encoded(output, ".png")).as("case " + i).isNotEmpty();
            }
        }
        assertThat(outputs).isPositive();
    }

    @Test
    void aPhotographWithoutOtherColoursIsNotDecoded() throws Exception {
        byte[] source = SampleImages.encoded(SampleImages.png(noisy(200, 160)), SUBSAMPLED + ",strip]");
        byte[] photograph = SampleImages.withProfile(source, SampleImages.srgbProfile());
        ImageCompressor compressor = SampleImages.compressor();
        CompressionOptions options = CompressionOptions.defaults();

        assertThat(compressor.compress(photograph, options).bytes()).isEqualTo(compressed(source, 50));
        for (byte[] other : new byte[][] {
            SampleImages.withProfile(source, SampleImages.swappedProfile()), SampleImages.withExif(source, 6)
        }) {
            assertThat(compressor.compress(other, options).bytes()).isNotEqualTo(compressed(source, 50));
        }
        assertThat(compressor.compress(source, options.withScale(50)).width()).isEqualTo(100);
    }
}
