package io.filejob.plan;

import java.util.Locale;

/** The compression of a file. */
public enum Compression {
    /** Not compressed. */
    NONE,
    /** RFC 1952, {@code .gz} or {@code .gzip}. */
    GZIP,
    /** RFC 8878, {@code .zst} or {@code .zstd}. */
    ZSTD,
    /** A ZIP archive with exactly one file. No name announces it, since other archives have the same ending. */
    ZIP;

    /** Returns the compression that this path or URI announces by its end; the query of a URI is ignored. */
    public static Compression of(String name) {
        String scheme =
                name.substring(0, Math.min(name.length(), "https:".length())).toLowerCase(Locale.ROOT);
        int query = scheme.startsWith("http:") || scheme.startsWith("https:") ? name.indexOf('?') : -1;
        String path = query < 0 ? name : name.substring(0, query);
        String lower = path.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".gz") || lower.endsWith(".gzip")) {
            return GZIP;
        }
        return lower.endsWith(".zst") || lower.endsWith(".zstd") ? ZSTD : NONE;
    }
}
