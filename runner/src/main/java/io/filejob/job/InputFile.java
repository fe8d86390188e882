package io.filejob.job;

import java.nio.file.Path;

/**
 * A file of the input as it stood when the job was planned: what is read must still be this one.
 *
 * @param path absolute
 * @param size in bytes
 * @param modified when it was last changed, in nanoseconds since 1970
 */
public record InputFile(Path path, long size, long modified) {}
