package io.filejob.spill;

/**
 * A run that is only read as a whole: blocks with a frame each, so that no index is needed.
 *
 * @param name the name of its file
 * @param start the offset of its first frame in the file
 * @param end the offset after its last block
 * @param largest the size of its largest block in bytes
 */
record FramedRun(String name, long start, long end, int largest) {
    /** Size in bytes of a frame: the size of the block and its CRC-32C, little-endian. */
    static final int FRAME = 2 * Integer.BYTES;
}
