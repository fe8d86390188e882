package io.filejob.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of file names within a folder or pattern. */
public final class NameOrder {
    private NameOrder() {}

    /** Compares names by their bytes in UTF-8. */
    public static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
