package io.filejob.image;

/**
 * The header of an image.
 *
 * @param width the width of a frame in pixels, before the orientation is applied
 * @param height the height of a frame in pixels, before the orientation is applied
 * @param frames the number of frames or pages, 1 for still images
 * @param bands the number of channels, alpha included
 * @param sampleBytes the number of bytes of a sample, 2 for images of 16 bits
 * @param interlaced whether no row is complete before the end of the file: progressive JPEG, interlaced PNG
 * @param orientation the EXIF orientation, from 1 to 8; 1 is upright
 */
public record ImageHeader(
        ImageFormat format,
        int width,
        int height,
        int frames,
        int bands,
        int sampleBytes,
        boolean interlaced,
        int orientation) {
    /** Returns the number of pixels of all frames together. */
    public long pixels() {
        return (long) width * height * frames;
    }
}
