package io.filejob.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;

/** Images of rare kinds: colour spaces, depths, transparency, palettes, profiles, animations and proportions. */
final class OddImagesTest {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 100;
    private static final BufferedImage PICTURE = Pixels.picture(WIDTH, HEIGHT);
    private static final CompressionOptions BEST = CompressionOptions.defaults().withQuality(95);
    private static final CompressionOptions LOSSLESS =
            CompressionOptions.defaults().withQuality(100).withFormat(ImageFormat.PNG);
    private static final int CMYK = 15;

    private final ImageCompressor compressor = SampleImages.compressor();

    @Test
    void cmykBecomesRgb() throws Exception {
        byte[] cmyk = SampleImages.converted(SampleImages.png(PICTURE), ".jpg[Q=95]", CMYK);
        assertThat(header(cmyk).bands()).isEqualTo(4);
        CompressedImage output = compressor.compress(cmyk, BEST);
        assertThat(header(output.bytes()).bands()).isEqualTo(3);
        // Print has fewer colours than a screen.
        assertThat(Pixels.meanError(Pixels.decode(output.bytes()), PICTURE)).isLessThan(12);
    }

    @Test
    void sixteenBitsBecomeEight() throws Exception {
        byte[] rgb = Pixels.rgb(PICTURE);
        byte[] samples = new byte[2 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            samples[2 * i] = rgb[i];
            samples[2 * i + 1] = rgb[i];
        }
        byte[] png = new PngFile(WIDTH, HEIGHT, 16, PngFile.RGB).rows(samples, 6 * WIDTH);
        assertThat(header(png).sampleBytes()).isEqualTo(2);
        for (CompressionOptions options : List.of(LOSSLESS, BEST, BEST.withFormat(ImageFormat.JPEG))) {
            CompressedImage output = compressor.compress(png, options);
            assertThat(header(output.bytes()).sampleBytes()).isEqualTo(1);
            assertThat(Pixels.meanError(Pixels.decode(output.bytes()), PICTURE)).isLessThan(6);
        }
    }

    @Test
    void greyStaysGrey() throws Exception {
        byte[] samples = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % WIDTH);
        }
        byte[] png = new PngFile(WIDTH, HEIGHT, 8, PngFile.GREY).rows(samples, WIDTH);
        CompressedImage output = compressor.compress(png, BEST.withFormat(ImageFormat.JPEG));
        assertThat(header(output.bytes()).bands()).isEqualTo(1);
        assertThat(Pixels.decode(output.bytes()).getRaster().getSample(100, 80, 0))
                .isBetween(97, 103);
    }

    @Test
    void transparencyIsWhiteInJpegAndStaysInOthers() throws Exception {
        byte[] samples = new byte[4 * WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i += 4) {
            // Red on the left; transparent, and black underneath, on the right.
            boolean left = i / 4 % WIDTH < WIDTH / 2;
            samples[i] = (byte) (left ? 255 : 0);
            samples[i + 3] = (byte) (left ? 255 : 0);
        }
        byte[] png = new PngFile(WIDTH, HEIGHT, 8, PngFile.RGBA).rows(samples, 4 * WIDTH);
        for (int scale : new int[] {100, 50}) {
            BufferedImage jpeg = Pixels.decode(compressor
                    .compress(png, BEST.withFormat(ImageFormat.JPEG).withScale(scale))
                    .bytes());
            assertThat(jpeg.getRGB(jpeg.getWidth() - 5, 20) & 0xffffff).isEqualTo(0xffffff);
            assertThat(jpeg.getRGB(5, 20) >> 16 & 0xff).isGreaterThan(245);
            for (ImageFormat format : List.of(ImageFormat.WEBP, ImageFormat.PNG, ImageFormat.AVIF)) {
                byte[] output = compressor
                        .compress(png, BEST.withFormat(format).withScale(scale))
                        .bytes();
                BufferedImage decoded =
                        Pixels.decode(compressor.compress(output, LOSSLESS).bytes());
                assertThat(decoded.getRGB(decoded.getWidth() - 5, 20) >>> 24)
                        .as(format + "")
                        .isLessThan(5);
                assertThat(decoded.getRGB(5, 20) >>> 24).as(format + "").isGreaterThan(250);
                int edge = decoded.getRGB(decoded.getWidth() / 2 - 1, 20);
                assertThat(edge >> 16 & 0xff).as(format + " has no dark edge").isGreaterThan(200);
            }
        }
    }

    @Test
    void palettesAreExpanded() throws Exception {
        byte[] samples = new byte[WIDTH * HEIGHT];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % WIDTH < WIDTH / 2 ? 0 : 1);
        }
        byte[] png = new PngFile(WIDTH, HEIGHT, 8, PngFile.PALETTE)
                .chunk("PLTE", new byte[] {(byte) 200, 10, 20, 10, 30, (byte) 220})
                .rows(samples, WIDTH);
        BufferedImage jpeg = Pixels.decode(
                compressor.compress(png, BEST.withFormat(ImageFormat.JPEG)).bytes());
        assertThat(jpeg.getRGB(20, 20) >> 16 & 0xff).isBetween(190, 210);
        assertThat(jpeg.getRGB(WIDTH - 20, 20) & 0xff).isBetween(210, 230);
    }

    @Test
    void coloursAreConvertedFromTheEmbeddedProfile() throws Exception {
        byte[] jpeg = SampleImages.jpeg(PICTURE);
        BufferedImage swapped = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int pixel = PICTURE.getRGB(x, y);
                swapped.setRGB(x, y, ((pixel << 8) & 0xff0000) | ((pixel >> 8) & 0xff00) | (pixel & 0xff));
            }
        }
        byte[] png = new PngFile(WIDTH, HEIGHT, 8, PngFile.RGB)
                .profile(SampleImages.swappedProfile())
                .rows(Pixels.rgb(PICTURE), 3 * WIDTH);
        for (byte[] input : List.of(SampleImages.withProfile(jpeg, SampleImages.swappedProfile()), png)) {
            CompressedImage output = compressor.compress(input, BEST);
            assertThat(Pixels.meanError(Pixels.decode(output.bytes()), swapped)).isLessThan(6);
        }
    }

    @Test
    void profilesOfSrgbAreRecognized() throws Exception {
        byte[] jpeg = SampleImages.jpeg(PICTURE);
        byte[] srgb = SampleImages.srgbProfile();
        assertThat(SrgbProfile.matches(MemorySegment.ofArray(srgb))).isTrue();
        assertThat(SrgbProfile.matches(MemorySegment.ofArray(SampleImages.swappedProfile())))
                .isFalse();
        assertThat(compressor
                        .compress(SampleImages.withProfile(jpeg, srgb), BEST)
                        .bytes())
                .isEqualTo(compressor.compress(jpeg, BEST).bytes());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = srgb.clone();
            damaged[random.nextInt(300)] = (byte) random.nextInt(256);
            SrgbProfile.matches(MemorySegment.ofArray(damaged));
            SrgbProfile.matches(MemorySegment.ofArray(Arrays.copyOf(srgb, random.nextInt(srgb.length))));
        }
    }

    @Test
    void damagedAndHugeProfilesDoNoHarm() throws Exception {
        byte[] jpeg = SampleImages.jpeg(PICTURE);
        byte[] noise = new byte[10_000_000];
        new SplittableRandom(1).nextBytes(noise);
        byte[] huge = Arrays.copyOf(SampleImages.srgbProfile(), noise.length);
        for (byte[] profile : List.of(noise, huge, new byte[0], new byte[200])) {
            CompressedImage output = compressor.compress(SampleImages.withProfile(jpeg, profile), BEST);
            assertThat(Pixels.meanError(Pixels.decode(output.bytes()), PICTURE)).isLessThan(4);
        }
    }

    @Test
    void animationsKeepTheirFrames() throws Exception {
        int frames = 6;
        byte[] strip = SampleImages.png(Pixels.picture(60, 40 * frames));
        byte[] gif = SampleImages.encoded(strip, ".gif[page-height=40]");
        byte[] webp = SampleImages.encoded(strip, ".webp[page-height=40,Q=90]");
        BufferedImage source = Pixels.decode(SampleImages.png(Pixels.picture(60, 40 * frames)));
        for (byte[] input : List.of(gif, webp)) {
            assertThat(header(input).frames()).isEqualTo(frames);
            for (ImageFormat format : List.of(ImageFormat.GIF, ImageFormat.WEBP)) {
                for (int scale : new int[] {100, 50}) {
                    CompressedImage output =
                            compressor.compress(input, BEST.withFormat(format).withScale(scale));
                    assertThat(output.frames()).isEqualTo(frames);
                    assertThat(output.height()).isEqualTo(40 * scale / 100);
                    byte[] asGif = compressor
                            .compress(output.bytes(), BEST.withFormat(ImageFormat.GIF))
                            .bytes();
                    ImageReader reader =
                            ImageIO.getImageReadersByFormatName("gif").next();
                    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(asGif)));
                    assertThat(reader.getNumImages(true)).isEqualTo(frames);
                    // Later frames hold the changes only.
                    BufferedImage first = Pixels.shrunk(source.getSubimage(0, 0, 60, 40), 100 / scale);
                    assertThat(Pixels.meanError(reader.read(0), first)).isLessThan(10);
                }
            }
            CompressedImage poster = compressor.compress(input, BEST.withFormat(ImageFormat.JPEG));
            assertThat(poster.frames()).isEqualTo(1);
            assertThat(Pixels.meanError(Pixels.decode(poster.bytes()), source.getSubimage(0, 0, 60, 40)))
                    .isLessThan(8);
        }
    }

    @Test
    void extremeProportionsAreKept() throws Exception {
        byte[] tall = new PngFile(1, 100_000, 8, PngFile.GREY).rows(new byte[100_000], 1);
        CompressedImage output = compressor.compress(tall, LOSSLESS.withScale(1));
        assertThat(output.width()).isEqualTo(1);
        assertThat(output.height()).isEqualTo(1000);
        byte[] wide = new PngFile(100_000, 1, 8, PngFile.GREY).rows(new byte[100_000], 100_000);
        assertThat(compressor.compress(wide, LOSSLESS).width()).isEqualTo(100_000);
        byte[] pixel = new PngFile(1, 1, 8, PngFile.GREY).rows(new byte[1], 1);
        for (ImageFormat format : List.of(ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.AVIF, ImageFormat.GIF)) {
            assertThat(compressor
                            .compress(pixel, BEST.withFormat(format).withScale(1))
                            .height())
                    .as(format + "")
                    .isEqualTo(1);
        }
    }

    private ImageHeader header(byte[] image) throws ImageException {
        return compressor.readHeader(MemorySegment.ofArray(image));
    }
}
