package io.filejob.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip that may have been made to fill the memory of its reader: a thousand times its own size at most. */
public final class BoundedGzip {
    private BoundedGzip() {}

    /** The unpacked bytes, or nothing if there are more than {@code limit}; an {@link IOException} if it is not gzip. */
    public static Optional<byte[]> unpack(byte[] gzip, int limit) throws IOException {
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            byte[] bytes = unpacked.readNBytes(limit + 1);
            return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
        }
    }
}
