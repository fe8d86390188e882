package io.filejob.service.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.filejob.status.Phase;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The facts about an ended job that lists need, in a small file, since there may be many jobs.
 *
 * @param created the time of its creation
 * @param operation the name of its operation
 * @param phase its phase
 * @param ended the time of its end
 * @param ttlSeconds the time after its end at which it is deleted; null for the default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EndedSummary(
        String created,
        String operation,
        Phase phase,
        String ended,
        @Nullable Integer ttlSeconds) {
    /** Parses a time; {@code otherwise} if it is absent or malformed. */
    static Instant time(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
