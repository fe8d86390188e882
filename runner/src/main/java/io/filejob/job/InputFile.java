package io.filejob.job;

/**
 * A file of the input as it stood when the job was planned: what is read must still be this one.
 *
 * @param name its absolute path or its URI
 * @param size in bytes, as it is stored
 * @param version changes when the content does: of a file when it was last changed, in nanoseconds since 1970; of an object
 *     its ETag
 */
public record InputFile(String name, long size, String version) {
    /** Whether it is compressed, by its name, so that it can only be read from its beginning. */
    public boolean isCompressed() {
        return name.endsWith(".gz") || name.endsWith(".zst");
    }
}
