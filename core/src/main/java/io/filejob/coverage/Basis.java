package io.filejob.coverage;

import io.filejob.ledger.SliceResult;
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
        StringBuilder text = new StringBuilder();
        for (SliceResult result : results) {
            text.setLength(0);
            append(result, text);
            digest.update(text.toString());
        }
        return digest.hex(BYTES);
    }

    /** Appends piece by piece to one buffer, since there may be thousands of results on a heap that is nearly full. */
    private static void append(SliceResult result, StringBuilder text) {
        text.append(result.slice()).append(' ').append(result.start()).append(' ');
        text.append(result.end()).append(' ').append(result.rows()).append(' ');
        text.append(result.rejects()).append(' ');
        result.partial().appendBasis(text);
        text.append('\n');
    }
}
