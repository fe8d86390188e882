package io.filejob.storage;

import io.filejob.job.Compression;
import io.filejob.job.InputFile;
import java.util.Locale;

/** The header of that name, which says that what is stored is packed once more. */
final class ContentEncoding {
    private ContentEncoding() {}

    /** Whether the input {@code uri} is not what its name says; {@code encoding} as the header has it, which may be empty. */
    static boolean isUnexpected(String encoding, String uri) {
        Compression byName = new InputFile(uri, 0, "").compression();
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            // "aws-chunked" is how it was sent once, not how it is stored.
            case "", "identity", "aws-chunked" -> false;
            case "gzip", "x-gzip" -> byName != Compression.GZIP;
            case "zstd" -> byName != Compression.ZSTD;
            default -> true;
        };
    }

    static String problem(String encoding) {
        return "it is stored or sent with Content-Encoding: " + encoding.strip()
                + ", which is not unpacked; name it .gz or .zst, or serve it without";
    }
}
