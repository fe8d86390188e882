package io.filejob.image;

/**
 * The result of a compression.
 *
 * @param bytes the file
 * @param width the width of the file's pixels; of a kept input, before its orientation is applied
 * @param height the height of one frame
 * @param frames the number of frames, 1 unless it is an animation
 * @param quality the quality at which it was encoded; of a kept input, the one that was too large
 * @param kept whether {@code bytes} are those of the input, because the output would not have been smaller
 */
@SuppressWarnings("ArrayRecordComponent") // compared by no caller
public record CompressedImage(
        byte[] bytes, ImageFormat format, int width, int height, int frames, int quality, boolean kept) {}
