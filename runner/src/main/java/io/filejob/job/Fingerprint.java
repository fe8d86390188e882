package io.filejob.job;

import io.filejob.model.Json;
import java.nio.charset.StandardCharsets;

/**
 * What a job is, so that nothing of another one is taken for its own.
 *
 * @param spec digest of the part of the spec that decides the result
 * @param inputs digest of the inputs' names, sizes and times
 * @param cut how the work is divided
 */
public record Fingerprint(String spec, String inputs, Cut cut) {
    /** All in one, as {@code sha256:} and hexadecimal. */
    public String combined() {
        String text = spec + "\n" + inputs + (cut.protocol() == Cut.UNPINNED ? "" : "\n" + cut.text());
        return Json.digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
