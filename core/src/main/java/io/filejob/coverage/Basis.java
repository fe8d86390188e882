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
        results.forEach(result -> digest.update(text(result)));
        return digest.hex(BYTES);
    }

    private static String text(SliceResult result) {
        return result.slice() + " " + result.start() + " " + result.end() + " " + result.rows() + " " + result.rejects()
                + " " + result.partial().basisText() + "\n";
    }
}
