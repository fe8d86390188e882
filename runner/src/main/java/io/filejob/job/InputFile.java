package io.filejob.job;

/**
 * A file of the input as it stood when the job was planned: what is read must still be this one.
 *
 * @param name its absolute path or its URI
 * @param size in bytes, as it is stored; 1 if nothing but reading tells it
 * @param version changes when the content does: of a file when it was last changed, in nanoseconds since 1970; of an object
 *     its ETag; of a page its ETag or when it was last changed, or nothing where its server tells neither
 * @param ranged whether it can be read from anywhere, as all can but for pages of some servers
 */
public record InputFile(String name, long size, String version, boolean ranged) {
    /** One that can be read from anywhere. */
    public InputFile(String name, long size, String version) {
        this(name, size, version, true);
    }

    /** The same by another name. */
    public InputFile named(String other) {
        return new InputFile(other, size, version, ranged);
    }

    /** How it is packed, by its name. */
    public Compression compression() {
        return Compression.of(name);
    }

    /** Whether slices may begin anywhere in it; another one is read from its beginning to its end by one slice. */
    public boolean isSplittable() {
        return ranged && compression() == Compression.NONE;
    }
}
