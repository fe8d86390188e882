package io.filejob.storage.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
    private static final String NOW = "Wed, 21 Oct 2015 07:28:00 GMT";

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "' 7 ', PT7S",
        "999999999, PT999999999S",
        "1000000000, PT999999999S",
        "99999999999999999999, PT999999999S",
        "'Wed, 21 Oct 2015 07:29:30 GMT', PT1M30S",
        "'Wednesday, 21-Oct-15 07:29:30 GMT', PT1M30S",
        "'Wed, 21 Oct 2015 07:27:59 GMT', PT0S",
        "-7,",
        "7s,",
        "7.5,",
        "'',",
        "soon,"
    })
    void aDelayIsANumberOfSecondsOrADate(String header, @Nullable Duration delay) {
        BasicHttpResponse response = new BasicHttpResponse(503);
        response.addHeader("Date", NOW);
        response.addHeader("Retry-After", header);

        assertThat(RetryAfter.of(response).orElse(null)).isEqualTo(delay);
    }

    @Test
    void aDateIsIgnoredWithoutTheDateOfTheResponse() {
        BasicHttpResponse response = new BasicHttpResponse(503);
        response.addHeader("Retry-After", NOW);
        assertThat(RetryAfter.of(response)).isEmpty();

        response.addHeader("Date", "yesterday");
        assertThat(RetryAfter.of(response)).isEmpty();
    }

    @Test
    void mostResponsesAskForNoDelay() {
        assertThat(RetryAfter.of(new BasicHttpResponse(503))).isEmpty();
    }
}
