package io.filejob.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip data up to a size limit, since untrusted data may expand to about a thousand times its packed size. */
public final class BoundedGzip {
    private BoundedGzip() {}

    /**
     * Returns the unpacked bytes, or an empty result if there are more than {@code limit}; throws {@link IOException}
     * if {@code gzip} is not valid gzip.
     */
    public static Optional<byte[]> unpack(byte[] gzip, int limit) throws IOException {
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            byte[] bytes = unpacked.readNBytes(limit + 1);
            return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
        }
    }
}
