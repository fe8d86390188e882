package io.filejob.status;

import org.jspecify.annotations.Nullable;

/**
 * The output of a result.
 *
 * @param uri the location; null if there is no output
 * @param bytes the size; null if there is no output
 * @param digest the SHA-256 of the output or, if there is none, of the result; null if the job is not complete
 */
public record ResultOutput(
        @Nullable String uri,
        @Nullable Long bytes,
        @Nullable String digest) {
    static final ResultOutput NONE = new ResultOutput(null, null, null);
}
