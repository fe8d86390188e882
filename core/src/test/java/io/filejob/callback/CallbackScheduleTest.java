package io.filejob.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts follow the schedule of Standard Webhooks, and never faster. */
final class CallbackScheduleTest {
    private static final List<Duration> RECOMMENDED =
            List.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H").stream()
                    .map(Duration::parse)
                    .toList();

    @Test
    void eachDelayIsTheRecommendedOneAndAtMostATenthLonger() {
        for (int failed = 1; failed <= RECOMMENDED.size(); failed++) {
            Duration recommended = RECOMMENDED.get(failed - 1);
            assertThat(CallbackSchedule.delay("fj_1_complete", failed, null).orElseThrow())
                    .isBetween(recommended, recommended.multipliedBy(11).dividedBy(10));
        }
        assertThat(CallbackSchedule.delay("fj_1_complete", CallbackSchedule.MAX_ATTEMPTS, null))
                .isEmpty();
        assertThat(CallbackSchedule.MAX_ATTEMPTS).isEqualTo(10);
    }

    @Test
    void messagesOfOneTimeAreNotRepeatedAtOneTime() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> CallbackSchedule.delay("fj_" + i + "_complete", 3, null)
                                .orElseThrow())
                        .distinct()
                        .count())
                .isGreaterThan(5);
        assertThat(CallbackSchedule.delay("fj_1_complete", 3, null))
                .isEqualTo(CallbackSchedule.delay("fj_1_complete", 3, null));
    }

    @ParameterizedTest
    @CsvSource({"600, PT10M", "86400, PT24H", "864000, PT24H", "9223372036854775807, PT24H"})
    void theReceiverMayAskForALaterAttempt(long retryAfter, Duration delay) {
        assertThat(CallbackSchedule.delay("fj_1_complete", 1, retryAfter)).contains(delay);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-5"})
    void theReceiverCannotAskForAnEarlierAttempt(long retryAfter) {
        assertThat(CallbackSchedule.delay("fj_1_complete", 4, retryAfter))
                .isEqualTo(CallbackSchedule.delay("fj_1_complete", 4, null));
    }
}
