package io.filejob.operator.reconcile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A small picture of random pixels. */
final class NoiseImage {
    private static final int SIDE = 64;

    private NoiseImage() {}

    /** Returns a JPEG file of a {@code quality} between 0 and 1, which differs from those of other seeds. */
    static byte[] jpeg(long seed, float quality) throws IOException {
        return jpeg(seed, quality, ImageWriteParam.MODE_DISABLED);
    }

    /** Returns a JPEG file as {@link #jpeg} does, but with progressive scans. */
    static byte[] progressiveJpeg(long seed, float quality) throws IOException {
        return jpeg(seed, quality, ImageWriteParam.MODE_DEFAULT);
    }

    private static byte[] jpeg(long seed, float quality, int progressiveMode) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            picture.setRGB(i % SIDE, i / SIDE, random.nextInt(1 << 24));
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setProgressiveMode(progressiveMode);
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.write(null, new IIOImage(picture, null, null), settings);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
