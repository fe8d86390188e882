package io.filejob.plan;

/**
 * A file of the input in its state when the job was planned; a later read must find the same state.
 *
 * @param name its absolute path or its URI
 * @param size in bytes, as it is stored; 1 if the size is unknown before the file is read
 * @param version changes with the content: of a file the time of its last change, in nanoseconds since 1970; of an
 * object its ETag; of a page its ETag or time of last change, or an empty text if its server sends neither
 * @param ranged whether it can be read from any offset, which is not the case for pages of some servers
 * @param compression its compression when the job was planned: that of its content, or the one that its name announces
 */
public record InputFile(String name, long size, String version, boolean ranged, Compression compression) {
    /** Creates a file with the compression that its name announces. */
    public InputFile(String name, long size, String version, boolean ranged) {
        this(name, size, version, ranged, Compression.of(name));
    }

    /** Creates a file that can be read from any offset. */
    public InputFile(String name, long size, String version) {
        this(name, size, version, true);
    }

    /** Returns the same file with another name. */
    public InputFile named(String other) {
        return new InputFile(other, size, version, ranged, isNamedForContent() ? Compression.of(other) : compression);
    }

    /** Returns the same file with another compression. */
    public InputFile compressed(Compression other) {
        return new InputFile(name, size, version, ranged, other);
    }

    /** Returns whether its compression is the one that its name announces. */
    public boolean isNamedForContent() {
        return compression == Compression.of(name);
    }

    /** Returns whether slices may begin anywhere in it; any other file is read from beginning to end by one slice. */
    public boolean isSplittable() {
        return ranged && compression() == Compression.NONE;
    }
}
