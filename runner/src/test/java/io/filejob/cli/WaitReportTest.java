package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.filejob.time.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class WaitReportTest {
    private static final Duration OFTEN = Duration.ofMillis(5);

    @Test
    void changesArePassedOnAndTheEndIsToo() {
        List<String> reported = new CopyOnWriteArrayList<>();
        try (WaitReport _ = new WaitReport(OFTEN, reported::add)) {
            Waits.begin(this, "a wait\nof this test");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> reported.stream().anyMatch(each -> each.contains("a wait of this test")));
            Waits.update(this, "another wait of this test");
            await().atMost(Duration.ofMinutes(2)).until(() -> reported.getLast().contains("another wait of this test"));
        } finally {
            Waits.end(this);
        }
        assertThat(reported).last().isEqualTo("");
    }

    @Test
    void aSummaryHasABound() {
        Waits.begin(this, "long ".repeat(1_000));
        try {
            assertThat(Waits.summary()).hasSizeLessThan(600);
        } finally {
            Waits.end(this);
        }
    }
}
