package io.filejob.engine.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Small pictures. */
public final class TestPictures {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private TestPictures() {}

    /** Returns a JPEG file that differs from those of other seeds. */
    public static byte[] jpeg(long seed) {
        return file(seed, "jpg");
    }

    /** Returns a TIFF file. */
    static byte[] tiff() {
        return file(0, "tiff");
    }

    private static byte[] file(long seed, String format) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                picture.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
