package io.filejob.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Identifies the results from which a later stage is computed. If a slice has copies that differ, or is repeated, data
 * computed from other results must not be combined with it.
 */
final class Basis {
    private static final int BYTES = 16;

    private Basis() {}

    /** Returns a digest of {@code results} in this order; it is equal for copies that agree. */
    static String of(Collection<SliceResult> results) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            results.forEach(result -> digest.update(text(result).getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text(SliceResult result) {
        return result.slice() + " " + result.start() + " " + result.end() + " " + result.rows() + " " + result.rejects()
                + " " + text(result.partial()) + "\n";
    }

    /**
     * Returns the text of a contribution. Key samples are left out, since they follow from the index, and its checksum
     * is included.
     */
    private static String text(Partial partial) {
        if (!(partial instanceof GroupsPartial groups)) {
            return partial.toString();
        }
        StringBuilder text = new StringBuilder(groups.inline());
        for (SpillFile run : groups.runs()) {
            text.append(' ').append(run.name());
            text.append(' ').append(run.sorted()).append(' ').append(run.start());
            text.append(' ').append(run.records()).append(' ').append(run.bytes());
            text.append(' ').append(run.indexBytes()).append(' ').append(run.checksum());
        }
        return text.toString();
    }
}
