package io.filejob.job;

import io.filejob.security.Sha256;
import java.util.Collection;

/**
 * Identifies the results from which a later stage is computed. If a slice has copies that differ, or is repeated, data
 * computed from other results must not be combined with it.
 */
final class Basis {
    private static final int BYTES = 16;

    private Basis() {}

    /** Returns a digest of {@code results} in this order; it is equal for copies that agree. */
    static String of(Collection<SliceResult> results) {
        Sha256 digest = new Sha256();
        results.forEach(result -> digest.update(text(result)));
        return digest.hex(BYTES);
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
        StringBuilder text = new StringBuilder(groups.inline().base64());
        for (SpillFile run : groups.runs()) {
            text.append(' ').append(run.name());
            text.append(' ').append(run.sorted()).append(' ').append(run.start());
            text.append(' ').append(run.records()).append(' ').append(run.bytes());
            text.append(' ').append(run.indexBytes()).append(' ').append(run.checksum());
        }
        return text.toString();
    }
}
