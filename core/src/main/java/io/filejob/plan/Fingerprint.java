package io.filejob.plan;

import io.filejob.security.Sha256;

/**
 * Identifies a job, so that results of another job are never used for it.
 *
 * @param spec digest of the part of the spec that determines the result
 * @param inputs digest of the inputs' names, sizes and times
 * @param cut how the work is divided
 */
public record Fingerprint(String spec, String inputs, Cut cut) {
    /** Returns a digest of all components, as {@code sha256:} and hexadecimal. */
    public String combined() {
        String text = spec + "\n" + inputs + (cut.protocol() == Cut.UNPINNED ? "" : "\n" + cut.text());
        return Sha256.of(text);
    }
}
