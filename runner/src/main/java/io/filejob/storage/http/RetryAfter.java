package io.filejob.storage.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After}: a number of seconds or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    /** Delays with more digits are shortened to the longest one with this number of digits, some 30 years. */
    private static final int MAX_DIGITS = 9;

    private static final Duration MAX = Duration.ofSeconds(999_999_999);

    private RetryAfter() {}

    /**
     * Returns the delay that {@code response} asks for; empty if the header is absent or malformed. A date counts from
     * the date of the response itself, since clocks differ; without that, it is ignored.
     */
    public static Optional<Duration> of(HttpMessage response) {
        String value = value(response, "Retry-After");
        if (value.matches("[0-9]+")) {
            return Optional.of(value.length() > MAX_DIGITS ? MAX : Duration.ofSeconds(Long.parseLong(value)));
        }
        Instant until = date(value);
        Instant now = date(value(response, "Date"));
        if (until == null || now == null) {
            return Optional.empty();
        }
        return Optional.of(until.isBefore(now) ? Duration.ZERO : Duration.between(now, until));
    }

    private static @Nullable Instant date(String value) {
        return value.isEmpty() ? null : DateUtils.parseStandardDate(value);
    }

    private static String value(HttpMessage response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? ""
                : header.getValue().strip();
    }
}
