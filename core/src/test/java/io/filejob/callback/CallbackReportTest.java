package io.filejob.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A report survives its way through a termination message. */
final class CallbackReportTest {
    @ParameterizedTest
    @EnumSource
    void isReadAsItWasWritten(CallbackOutcome outcome) {
        CallbackReport whole = new CallbackReport(outcome, 503, 120L, "the receiver said \"no\"\n");
        assertThat(CallbackReport.parse(whole.text())).contains(whole);
        CallbackReport less = CallbackReport.of(outcome, "no response");
        assertThat(CallbackReport.parse(less.text())).contains(less);
    }

    @Test
    void fitsATerminationMessage() {
        CallbackReport report = CallbackReport.of(CallbackOutcome.UNREACHABLE, "\u0001".repeat(10_000));
        assertThat(report.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
        assertThat(CallbackReport.parse(report.text())).contains(report);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "7", "null", "[]", "{}", "{\"callback\": \"Other\"}", "{\"callback\":", "Exception in thread"
            })
    void isNotReadFromOtherTexts(String text) {
        assertThat(CallbackReport.parse(text)).isEmpty();
    }

    @Test
    void ignoresValuesOfOtherTypes() {
        assertThat(CallbackReport.parse("{\"callback\":\"Rejected\",\"code\":\"x\",\"retryAfter\":1.5}"))
                .contains(CallbackReport.of(CallbackOutcome.REJECTED, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED", "204, DELIVERED", "299, DELIVERED", "410, GONE", "199, REJECTED", "300, REJECTED",
        "301, REJECTED", "308, REJECTED", "400, REJECTED", "404, REJECTED", "409, REJECTED", "411, REJECTED",
        "429, REJECTED", "500, REJECTED", "503, REJECTED"
    })
    void only2xxIsADeliveryAndOnly410EndsTheAttempts(int code, CallbackOutcome outcome) {
        assertThat(CallbackOutcome.ofResponse(code)).isEqualTo(outcome);
    }
}
