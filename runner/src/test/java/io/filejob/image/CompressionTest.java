package io.filejob.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Outputs show the same picture as inputs, upright and in sRGB, without metadata, and in fewer bytes. */
final class CompressionTest {
    private static final int WIDTH = 200;
    private static final int HEIGHT = 160;
    private static final BufferedImage PICTURE = Pixels.picture(WIDTH, HEIGHT);
    private static final CompressionOptions DEFAULTS = CompressionOptions.defaults();
    private static final Set<ImageFormat> STILL =
            EnumSet.of(ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.PNG, ImageFormat.AVIF);

    private final ImageCompressor compressor = SampleImages.compressor();

    /** Threads of libvips may free their buffers a little later. */
    @AfterAll
    static void nativeMemoryIsFreed() {
        Libvips vips = SampleImages.compressor().vips();
        Awaitility.await().until(vips::trackedBytes, bytes -> bytes == 0);
    }

    @Test
    void everyFormatIsCompressedToEveryOther() throws Exception {
        byte[] png = SampleImages.png(PICTURE);
        Map<ImageFormat, byte[]> inputs = new LinkedHashMap<>();
        inputs.put(ImageFormat.PNG, png);
        inputs.put(ImageFormat.JPEG, SampleImages.jpeg(PICTURE));
        inputs.put(ImageFormat.WEBP, SampleImages.encoded(png, ".webp[Q=95]"));
        inputs.put(ImageFormat.AVIF, SampleImages.encoded(png, ".avif[Q=90,effort=0]"));
        inputs.put(ImageFormat.GIF, SampleImages.encoded(png, ".gif"));
        inputs.put(ImageFormat.TIFF, SampleImages.encoded(png, ".tif"));
        for (Map.Entry<ImageFormat, byte[]> input : inputs.entrySet()) {
            Set<ImageFormat> outputs = EnumSet.copyOf(STILL);
            outputs.add(input.getKey());
            for (ImageFormat format : outputs) {
                String pair = input.getKey() + " as " + format;
                CompressedImage output = compressor.compress(input.getValue(), DEFAULTS.withFormat(format));
                assertThat(output.format()).as(pair).isEqualTo(format);
                assertThat(compressor
                                .readHeader(MemorySegment.ofArray(output.bytes()))
                                .format())
                        .as(pair)
                        .isEqualTo(format);
                assertThat(Pixels.meanError(decode(output.bytes()), PICTURE))
                        .as(pair)
                        .isLessThan(8);
                if (format == input.getKey()) {
                    assertThat(output.bytes().length).as(pair).isLessThanOrEqualTo(input.getValue().length);
                }
            }
        }
    }

    @Test
    void theLowerTheQualityTheSmallerTheOutput() throws Exception {
        byte[] jpeg = SampleImages.jpeg(PICTURE);
        for (ImageFormat format : STILL) {
            int last = 0;
            for (int quality : new int[] {5, 50, 90}) {
                int length = compressor
                        .compress(jpeg, DEFAULTS.withFormat(format).withQuality(quality))
                        .bytes()
                        .length;
                assertThat(length).as(format + " " + quality).isGreaterThanOrEqualTo(last);
                last = length;
            }
        }
    }

    @Test
    void imagesAreUprightWhateverTheirOrientation() throws Exception {
        for (int orientation = 1; orientation <= 8; orientation++) {
            byte[] stored = SampleImages.withExif(SampleImages.jpeg(Pixels.turned(PICTURE, orientation)), orientation);
            for (int scale : new int[] {100, 50}) {
                CompressedImage output =
                        compressor.compress(stored, DEFAULTS.withQuality(90).withScale(scale));
                BufferedImage expected = Pixels.shrunk(PICTURE, 100 / scale);
                assertThat(Pixels.meanError(Pixels.decode(output.bytes()), expected))
                        .as("orientation " + orientation)
                        .isLessThan(3);
                assertThat(output.width()).isEqualTo(expected.getWidth());
                assertThat(output.height()).isEqualTo(expected.getHeight());
            }
        }
    }

    @Test
    void metadataIsDropped() throws Exception {
        byte[] xmp = SampleImages.ascii("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta SecretCam/>");
        byte[] jpeg = SampleImages.withExif(SampleImages.jpeg(PICTURE), 1);
        jpeg = SampleImages.withSegment(jpeg, 0xe1, xmp);
        jpeg = SampleImages.withSegment(jpeg, 0xfe, SampleImages.ascii("SecretCam was here"));
        jpeg = SampleImages.withProfile(jpeg, SampleImages.srgbProfile());
        byte[] png = new PngFile(WIDTH, HEIGHT, 8, PngFile.RGB)
                .chunk("eXIf", SampleImages.exif(1))
                .chunk("tEXt", SampleImages.ascii("Comment\0SecretCam"))
                .rows(Pixels.rgb(PICTURE), 3 * WIDTH);
        for (byte[] input : List.of(jpeg, png, SampleImages.encoded(jpeg, ".webp"))) {
            assertThat(text(input)).contains("SecretCam");
            for (ImageFormat format : STILL) {
                CompressedImage output = compressor.compress(input, DEFAULTS.withFormat(format));
                assertThat(text(output.bytes()))
                        .as(format + "")
                        .doesNotContain("SecretCam", "xmpmeta", "ICC_PROFILE", "iCCP", "eXIf", "EXIF");
            }
        }
    }

    @Test
    void smallerInputsAreKeptUnlessTheyHaveMetadata() throws Exception {
        byte[] small = compressor
                .compress(SampleImages.jpeg(PICTURE), DEFAULTS.withQuality(20))
                .bytes();
        CompressedImage kept = compressor.compress(small, DEFAULTS.withQuality(90));
        assertThat(kept.kept()).isTrue();
        assertThat(kept.bytes()).isEqualTo(small);
        assertThat(kept.width()).isEqualTo(WIDTH);

        byte[] located = SampleImages.withExif(small, 1);
        CompressedImage anonymous = compressor.compress(located, DEFAULTS.withQuality(90));
        assertThat(anonymous.kept()).isFalse();
        assertThat(text(anonymous.bytes())).doesNotContain("SecretCam");

        CompressedImage converted = compressor.compress(small, DEFAULTS.withFormat(ImageFormat.PNG));
        assertThat(converted.kept()).isFalse();
        assertThat(converted.bytes().length).isGreaterThan(small.length);
    }

    @Test
    void bytesBehindTheImageAreDropped() throws Exception {
        byte[] polyglot = SampleImages.joined(SampleImages.jpeg(PICTURE), SampleImages.ascii("PK\3\4<script>evil"));
        CompressedImage output = compressor.compress(polyglot, DEFAULTS);
        assertThat(output.kept()).isFalse();
        assertThat(text(output.bytes())).doesNotContain("script");
    }

    @Test
    void scaledImagesLookLikeTheirSource() throws Exception {
        BufferedImage large = Pixels.picture(480, 360);
        byte[] jpeg = SampleImages.jpeg(large);
        byte[] interlaced = SampleImages.encoded(jpeg, ".jpg[Q=95,interlace]");
        byte[] png = SampleImages.png(large);
        for (byte[] input : List.of(jpeg, interlaced, png, SampleImages.encoded(png, ".webp[Q=95]"))) {
            for (int factor : new int[] {2, 4, 10, 20}) {
                CompressedImage output = compressor.compress(
                        input,
                        DEFAULTS.withFormat(ImageFormat.PNG).withQuality(100).withScale(100 / factor));
                assertThat(Pixels.meanError(Pixels.decode(output.bytes()), Pixels.shrunk(large, factor)))
                        .as("1/" + factor)
                        .isLessThan(4);
            }
        }
    }

    @Test
    void aTargetGetsTheBestQualityThatFits() throws Exception {
        byte[] jpeg = SampleImages.jpeg(PICTURE);
        for (ImageFormat format : EnumSet.of(ImageFormat.JPEG, ImageFormat.WEBP)) {
            for (int percent : new int[] {20, 40, 60}) {
                CompressionOptions options = DEFAULTS.withFormat(format);
                CompressedImage output = compressor.compress(jpeg, options.withTarget(SizeTarget.ofPercent(percent)));
                assertThat(output.bytes().length).isLessThanOrEqualTo(jpeg.length * percent / 100);
                assertThat(compressor
                                .compress(jpeg, options.withQuality(output.quality()))
                                .bytes())
                        .isEqualTo(output.bytes());
                if (output.quality() < CompressionOptions.MAX_QUALITY) {
                    assertThat(compressor
                                    .compress(jpeg, options.withQuality(output.quality() + 1))
                                    .bytes()
                                    .length)
                            .isGreaterThan(jpeg.length * percent / 100);
                }
            }
        }
        long bytes = 5_432;
        assertThat(compressor
                        .compress(jpeg, DEFAULTS.withTarget(SizeTarget.ofBytes(bytes)))
                        .bytes()
                        .length)
                .isLessThanOrEqualTo((int) bytes);
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        List<byte[]> inputs = List.of(
                SampleImages.jpeg(PICTURE),
                SampleImages.png(PICTURE),
                Arrays.copyOf(SampleImages.png(PICTURE), 20_000),
                SampleImages.encoded(SampleImages.png(PICTURE), ".webp[page-height=40]"));
        List<Object> expected = inputs.stream().map(this::outcome).toList();
        Callable<List<Object>> all = () -> inputs.stream().map(this::outcome).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<Object>> outcomes : threads.invokeAll(Collections.nCopies(8, all))) {
                assertThat(outcomes.get()).isEqualTo(expected);
            }
        }
    }

    private Object outcome(byte[] input) {
        try {
            return text(compressor.compress(input, DEFAULTS.withScale(60)).bytes());
        } catch (ImageException e) {
            return e.problem() + ": " + e.getMessage();
        }
    }

    /** Decodes an image of any format by way of PNG. */
    private BufferedImage decode(byte[] image) throws Exception {
        return Pixels.decode(compressor
                .compress(image, DEFAULTS.withFormat(ImageFormat.PNG).withQuality(100))
                .bytes());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
