package io.filejob.benchmarks;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * {@code WriteImages FOLDER NUMBER}: creates the folder with so many JPEG files of 0.2 to 12 megapixels, quality 92,
 * with 4:2:0 chroma: gradients, shapes, and noise like that of a sensor. Of 40 pictures, each file is one.
 */
public final class WriteImages {
    private static final int PICTURES = 40;
    private static final float QUALITY = 0.92f;
    /** Widths of pictures with sides of 4 to 3; of ten, one is a photograph of 12 megapixels. */
    private static final int[] WIDTHS = {520, 640, 800, 1000, 1280, 1280, 1600, 2000, 2600, 4000};

    private WriteImages() {}

    /** Writes the files. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectory(Path.of(args[0]));
        int number = Integer.parseInt(args[1]);
        for (int i = 0; i < number; i++) {
            Path file = folder.resolve("image-" + i + ".jpg");
            if (i < PICTURES) {
                write(picture(WIDTHS[i % WIDTHS.length], new SplittableRandom(i)), file);
            } else {
                Files.copy(folder.resolve("image-" + i % PICTURES + ".jpg"), file);
            }
        }
    }

    private static BufferedImage picture(int width, SplittableRandom random) {
        int height = width * 3 / 4;
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int i = 0; i < 300; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            int size = 1 + random.nextInt(width / 4);
            graphics.fillOval(random.nextInt(width) - size / 2, random.nextInt(height) - size / 2, size, size * 2 / 3);
        }
        graphics.dispose();
        double strength = 4 + random.nextInt(16);
        double grain = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pixel = picture.getRGB(x, y);
                grain = 0.6 * grain + strength * (random.nextDouble() - 0.5);
                int light = (int) (grain + 25.0 * y / height - 25.0 * x / width);
                picture.setRGB(
                        x, y, sample(pixel >> 16, light) << 16 | sample(pixel >> 8, light) << 8 | sample(pixel, light));
            }
        }
        return picture;
    }

    private static int sample(int colour, int light) {
        return Math.clamp((colour & 0xff) + light, 0, 255);
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
