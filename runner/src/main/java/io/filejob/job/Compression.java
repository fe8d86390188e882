package io.filejob.job;

import java.util.Locale;

/** How a file is packed, by its name. */
public enum Compression {
    /** It is not. */
    NONE,
    /** RFC 1952, {@code .gz}. */
    GZIP,
    /** RFC 8878, {@code .zst}. */
    ZSTD;

    /** That of the file with this path or URI, whose query does not count. */
    static Compression of(String name) {
        String scheme =
                name.substring(0, Math.min(name.length(), "https:".length())).toLowerCase(Locale.ROOT);
        int query = scheme.startsWith("http:") || scheme.startsWith("https:") ? name.indexOf('?') : -1;
        String path = query < 0 ? name : name.substring(0, query);
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") ? GZIP : lower.endsWith(".zst") ? ZSTD : NONE;
    }
}
