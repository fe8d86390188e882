package io.filejob.storage.fetch;

import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RequestedPause {
    private static final int MAX_DIGITS = 9;

    private RequestedPause() {}

    /**
     * Returns the delay that {@code response} asks for; zero if it asks for none. A date counts from the date of the
     * response itself, since clocks differ.
     */
    static Duration of(HttpMessage response) {
        String value = value(response, "Retry-After");
        if (value == null) {
            return Duration.ZERO;
        }
        if (value.matches("[0-9]+")) {
            return value.length() > MAX_DIGITS ? HostState.MAX_PAUSE : Duration.ofSeconds(Long.parseLong(value));
        }
        Instant until = DateUtils.parseStandardDate(value);
        String date = value(response, "Date");
        Instant now = date == null ? null : DateUtils.parseStandardDate(date);
        return until == null || now == null || until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
    }

    private static @Nullable String value(HttpMessage response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? null
                : header.getValue().strip();
    }
}
