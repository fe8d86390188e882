package io.filejob.engine.images;

import io.filejob.image.ImageFormat;
import io.filejob.ledger.ImageOutcome;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What became of the image at a URL.
 *
 * @param outcome whether it is to be stored
 * @param format its format; null if it failed
 * @param file the file to be stored; null if it failed
 * @param bytesIn its size before the compression; 0 if it failed
 * @param bytesOut the size of the file; 0 if it failed
 */
record CompressedFile(
        ImageOutcome outcome,
        @Nullable ImageFormat format,
        @Nullable Path file,
        long bytesIn,
        long bytesOut) {
    static CompressedFile failed(String reason) {
        return new CompressedFile(ImageOutcome.failed(reason), null, null, 0, 0);
    }
}
