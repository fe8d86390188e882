package io.filejob.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Pictures and their differences, without libvips. */
final class Pixels {
    private Pixels() {}

    /** Draws a picture without symmetry: soft gradients, edges and a little noise. */
    static BufferedImage picture(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int noise = (x * 7919 + y * 104_729) % 7;
                int red = 40 + 170 * x / width + noise;
                int green = 30 + 180 * y / height + noise;
                int blue = 100 + (int) (60 * Math.sin((x + 2 * y) / 25.0)) + noise;
                picture.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(220, 30, 40));
        graphics.fillRect(width / 8, height / 8, width / 3, height / 5);
        graphics.setColor(new Color(250, 250, 245));
        graphics.fillOval(width / 2, height / 2, width / 3, height / 3);
        graphics.dispose();
        return picture;
    }

    /** Returns the samples of a picture, red, green and blue of each pixel. */
    static byte[] rgb(BufferedImage picture) {
        byte[] samples = new byte[3 * picture.getWidth() * picture.getHeight()];
        int at = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int pixel = picture.getRGB(x, y);
                samples[at++] = (byte) (pixel >> 16);
                samples[at++] = (byte) (pixel >> 8);
                samples[at++] = (byte) pixel;
            }
        }
        return samples;
    }

    /** Decodes JPEG, PNG or GIF with the JDK. */
    static BufferedImage decode(byte[] file) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        if (picture == null) {
            throw new IOException("the JDK cannot decode the image");
        }
        return picture;
    }

    /** Returns the mean absolute difference of samples, from 0 to 255. */
    static double meanError(BufferedImage left, BufferedImage right) {
        if (left.getWidth() != right.getWidth() || left.getHeight() != right.getHeight()) {
            throw new AssertionError("sizes differ: " + left + ", " + right);
        }
        byte[] one = rgb(left);
        byte[] other = rgb(right);
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
        }
        return (double) sum / one.length;
    }

    /** Returns the picture at a smaller size, each pixel the mean of the pixels that it covers. */
    static BufferedImage shrunk(BufferedImage picture, int factor) {
        BufferedImage small = new BufferedImage(
                picture.getWidth() / factor, picture.getHeight() / factor, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < small.getHeight(); y++) {
            for (int x = 0; x < small.getWidth(); x++) {
                int[] sums = new int[3];
                for (int i = 0; i < factor * factor; i++) {
                    int pixel = picture.getRGB(x * factor + i % factor, y * factor + i / factor);
                    sums[0] += pixel >> 16 & 0xff;
                    sums[1] += pixel >> 8 & 0xff;
                    sums[2] += pixel & 0xff;
                }
                int area = factor * factor;
                small.setRGB(x, y, ((sums[0] / area) << 16) | ((sums[1] / area) << 8) | (sums[2] / area));
            }
        }
        return small;
    }

    /** Stores a picture as a turned camera does; its EXIF orientation, from 1 to 8, turns it upright. */
    static BufferedImage turned(BufferedImage upright, int orientation) {
        int width = upright.getWidth();
        int height = upright.getHeight();
        boolean swaps = orientation > 4;
        BufferedImage stored =
                new BufferedImage(swaps ? height : width, swaps ? width : height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int right = width - 1 - x;
                int down = height - 1 - y;
                int[] at =
                        switch (orientation) {
                            case 2 -> new int[] {right, y};
                            case 3 -> new int[] {right, down};
                            case 4 -> new int[] {x, down};
                            case 5 -> new int[] {y, x};
                            case 6 -> new int[] {y, right};
                            case 7 -> new int[] {down, right};
                            case 8 -> new int[] {down, x};
                            default -> new int[] {x, y};
                        };
                stored.setRGB(at[0], at[1], upright.getRGB(x, y));
            }
        }
        return stored;
    }
}
