package io.filejob.storage.remote;

import io.filejob.plan.Compression;
import java.util.Locale;

/** The header {@code Content-Encoding}, which announces an additional compression of the stored bytes. */
public final class ContentEncoding {
    private ContentEncoding() {}

    /**
     * Returns whether {@code encoding}, the value of the header or an empty string, contradicts the compression that
     * the name of the input {@code uri} implies.
     */
    public static boolean isUnexpected(String encoding, String uri) {
        Compression byName = Compression.of(uri);
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            // "aws-chunked" describes how the object was uploaded, not how it is stored.
            case "", "identity", "aws-chunked" -> false;
            case "gzip", "x-gzip" -> byName != Compression.GZIP;
            case "zstd" -> byName != Compression.ZSTD;
            default -> true;
        };
    }

    /** Returns the problem and its remedy as the end of a message; {@code encoding} is the value of the header. */
    public static String problem(String encoding) {
        return "it is stored or sent with Content-Encoding: " + encoding.strip()
                + ", which is not unpacked; name it .gz or .zst, or serve it without";
    }
}
