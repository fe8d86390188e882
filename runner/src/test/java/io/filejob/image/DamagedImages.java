package io.filejob.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.testing.fuzz.FuzzRun;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A process that compresses damaged images; a crash of the native library ends it and no test beside it. */
public final class DamagedImages {
    private static final long MAX_PIXELS = 1_000_000;

    private DamagedImages() {}

    /** Repeats the compression of a damaged image; exits with an error if one is neither compressed nor refused. */
    public static void main(String[] arguments) throws InterruptedException {
        ImageCompressor compressor = SampleImages.compressor();
        BufferedImage picture = Pixels.picture(64, 48);
        byte[] png = SampleImages.png(picture);
        byte[] jpeg = SampleImages.withProfile(
                SampleImages.withExif(SampleImages.jpeg(picture), 6), SampleImages.swappedProfile());
        List<byte[]> files = List.of(
                jpeg,
                SampleImages.encoded(png, ".jpg[subsample-mode=on,restart-interval=4]"),
                SampleImages.encoded(png, ".jpg[interlace]"),
                png,
                SampleImages.encoded(png, ".png[palette,interlace]"),
                SampleImages.encoded(jpeg, ".webp"),
                SampleImages.encoded(png, ".webp[page-height=12]"),
                SampleImages.encoded(png, ".webp[lossless]"),
                SampleImages.encoded(png, ".avif[effort=0]"),
                SampleImages.encoded(png, ".gif[page-height=12]"),
                SampleImages.encoded(png, ".tif[compression=deflate]"));
        FuzzRun.repeat("images", random -> {
            byte[] damaged = damaged(random, files.get(random.nextInt(files.size())));
            ImageFormat[] formats = {null, ImageFormat.JPEG, ImageFormat.WEBP, ImageFormat.PNG};
            CompressionOptions options = CompressionOptions.defaults()
                    .withMaxPixels(MAX_PIXELS)
                    .withFormat(formats[random.nextInt(formats.length)])
                    .withScale(random.nextBoolean() ? 100 : 1 + random.nextInt(100))
                    .withTarget(random.nextInt(10) == 0 ? SizeTarget.ofPercent(50) : null);
            try {
                CompressedImage output = compressor.compress(damaged, options);
                ImageHeader header = compressor.readHeader(MemorySegment.ofArray(output.bytes()));
                assertThat(header.pixels()).isBetween(1L, MAX_PIXELS);
                assertThat(header.format()).isEqualTo(output.format());
            } catch (ImageException e) {
                assertThat(e.problem()).isNotNull();
            }
        });
    }

    private static byte[] damaged(SplittableRandom random, byte[] file) {
        byte[] result = file.clone();
        for (int i = random.nextInt(6); i >= 0 && result.length > 0; i--) {
            // Headers, at the beginning, decide more than pixels.
            int end = random.nextBoolean() ? result.length : Math.min(result.length, 200);
            int at = random.nextInt(end);
            switch (random.nextInt(5)) {
                case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> result[at] = (byte) random.nextInt(256);
                case 2 -> result = random.nextInt(4) == 0 ? Arrays.copyOf(result, at) : result;
                case 3 -> Arrays.fill(result, at, Math.min(result.length, at + 4), (byte) (random.nextInt(2) * 255));
                default -> {
                    byte[] noise = new byte[random.nextInt(12)];
                    random.nextBytes(noise);
                    byte[] tail =
                            Arrays.copyOfRange(result, Math.min(result.length, at + random.nextInt(12)), result.length);
                    result = SampleImages.joined(Arrays.copyOf(result, at), noise, tail);
                }
            }
        }
        return result;
    }
}
