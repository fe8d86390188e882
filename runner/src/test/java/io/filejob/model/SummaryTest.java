package io.filejob.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SummaryTest {
    @ParameterizedTest
    @CsvSource({"PT0.04S, 0.0s", "PT3.26S, 3.3s", "PT1M4.9S, 1m4s", "PT2H3M59S, 2h3m", "P2DT5H59M, 2d5h"})
    void durationsAreShort(Duration elapsed, String expected) {
        assertThat(summary(elapsed).duration()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"PT0S, none", "PT0.5S, '20,000,000'", "PT3S, '3,333,333'"})
    void theRateIsOfAllRowsRead(Duration elapsed, String expected) {
        assertThat(summary(elapsed).rowsPerSecond()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 groups", "1, 1 group", "413, 413 groups", "15000000, '15,000,000 groups'"})
    void ofGroupsItIsSaidHowMany(long groups, String expected) {
        assertThat(summary(new JobResult(null, groups, null, null, null, null, null))
                        .result())
                .isEqualTo(expected);
    }

    @Test
    void anAverageIsShownAsItIs() {
        assertThat(summary(JobResult.ofAverage("499.98")).result()).isEqualTo("499.98");
        assertThat(summary(JobResult.ofAverage(null)).result()).isNull();
    }

    private static Summary summary(Duration elapsed) {
        return Summary.of(new SliceProgress(200, 12), new RowCounts(10_000_000, 9_000_000, 1_000_000), null, elapsed);
    }

    private static Summary summary(JobResult result) {
        return Summary.of(new SliceProgress(200, 200), null, result, Duration.ofSeconds(1));
    }
}
