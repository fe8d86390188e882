package io.filejob.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SummaryTest {
    @ParameterizedTest
    @CsvSource({"PT-2H, 0.0s", "PT0.04S, 0.0s", "PT3.26S, 3.3s", "PT1M4.9S, 1m4s", "PT2H3M59S, 2h3m", "P2DT5H59M, 2d5h"
    })
    void durationsAreShort(Duration elapsed, String expected) {
        assertThat(summary(elapsed).duration()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"PT-2H, none", "PT0S, none", "PT0.5S, '20,000,000'", "PT3S, '3,333,333'"})
    void theRateIsOfAllRowsRead(Duration elapsed, String expected) {
        assertThat(summary(elapsed).rowsPerSecond()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 groups", "1, 1 group", "413, 413 groups", "15000000, '15,000,000 groups'"})
    void ofGroupsItIsSaidHowMany(long groups, String expected) {
        assertThat(summary(JobResult.ofGroups(groups, List.of(), List.of())).result())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0 rows",
        "0, 1, 0, 0, 0, 1 row",
        "500000, 0, 0, 0, 0, '500,000 rows'",
        "499000, 400, 300, 200, 100, '500,000 rows'"
    })
    void ofRowsForATableItIsSaidHowManyWhateverBecameOfThem(
            long inserted, long updated, long unchanged, long ignored, long superseded, String expected) {
        JobResult result = JobResult.ofRows(inserted, updated, unchanged, ignored, superseded);
        assertThat(summary(result).result()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0 images",
        "1, 100, 50, '1 image, 50% smaller'",
        "1204, 1000, 494, '1,204 images, 51% smaller'",
        "2, 100, 100, '2 images, 0% smaller'",
        "2, 100, 130, '2 images, 30% larger'"
    })
    void ofImagesItIsSaidHowManyAndHowMuchSmaller(long images, long bytesIn, long bytesOut, String expected) {
        JobResult result = JobResult.ofImages(new ImageCounts(images, images, 0, 0, bytesIn, bytesOut));
        assertThat(summary(result).result()).isEqualTo(expected);
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
