package io.filejob.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the header {@code Retry-After}: a number of seconds or a date (RFC 9110). */
final class RetryAfter {
    private RetryAfter() {}

    /** Returns the delay from {@code now} on in seconds, at least 0; empty if the header is absent or malformed. */
    static Optional<Long> seconds(@Nullable String header, Instant now) {
        String text = header == null ? "" : header.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Long.valueOf(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Math.max(0, Duration.between(now, date).toSeconds()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
