package io.filejob.file;

import java.util.Locale;

/** The kind of location that a text of a manifest names. */
public enum UriScheme {
    /** A path or {@code file:} URI of this machine. */
    FILE,
    /** {@code s3://bucket/key}. */
    S3,
    /** {@code http://} or {@code https://}. */
    HTTP;

    /** Returns the scheme of a URI or path. */
    public static UriScheme of(String place) {
        String start = place.substring(0, Math.min(place.length(), "https://".length()))
                .toLowerCase(Locale.ROOT);
        if (start.startsWith("s3://")) {
            return S3;
        }
        return start.startsWith("http://") || start.startsWith("https://") ? HTTP : FILE;
    }
}
