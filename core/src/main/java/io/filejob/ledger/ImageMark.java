package io.filejob.ledger;

/**
 * The beginning of a row in a list of images, with everything before it counted.
 *
 * @param file the number of its file
 * @param offset its first byte in the file's unpacked content
 * @param row the number of well-formed rows before it, in all files
 * @param image the number of images before it, in all files
 * @param line the number of line ends before it, in its file
 */
public record ImageMark(int file, long offset, long row, long image, long line) {
    /** The beginning of the first file. */
    public static final ImageMark START = new ImageMark(0, 0, 0, 0, 0);
}
