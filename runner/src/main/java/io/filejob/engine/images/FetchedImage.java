package io.filejob.engine.images;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image that was fetched, or could not be.
 *
 * @param url its URL
 * @param file its content
 * @param bytes its size; 0 after a failure
 * @param reason why it could not be fetched, in one word; null if it was
 */
record FetchedImage(
        String url, Path file, long bytes, @Nullable String reason) {}
