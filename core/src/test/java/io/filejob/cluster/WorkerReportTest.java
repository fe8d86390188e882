package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.metrics.RetriedService;
import io.filejob.metrics.SliceOrigin;
import io.filejob.metrics.WorkCounters;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerReportTest {
    private static final long SECOND = 1_000_000_000L;

    private static WorkCounters counters() {
        WorkCounters counters = new WorkCounters();
        counters.slice(SliceOrigin.OWN, SECOND);
        counters.slice(SliceOrigin.OWN, 3 * SECOND);
        counters.slice(SliceOrigin.STOLEN, 7200 * SECOND);
        counters.retry(RetriedService.S3);
        counters.spill(1, 4096);
        counters.ledger(100);
        counters.ledger(300);
        return counters;
    }

    @Test
    void theTextOfAReportGivesTheReport() {
        WorkerReport report = WorkerReport.of(counters());

        assertThat(report.text())
                .isEqualTo("{\"own\":2,\"stolen\":1,\"buckets\":[0,0,0,0,1,0,1,0,0,0,0,0,1],\"seconds\":7204.0,"
                        + "\"retries\":{\"s3\":1},\"spillBytes\":4096,\"ledgerWrites\":2,\"ledgerBytes\":400}");
        assertThat(WorkerReport.parse(report.text())).contains(report);
    }

    @Test
    void aReportOfTheLargestNumbersIsKeptAsAnAnnotation() {
        WorkCounters counters = new WorkCounters();
        for (SliceOrigin origin : SliceOrigin.values()) {
            counters.slice(origin, Long.MAX_VALUE / 8);
        }
        counters.spill(1, Long.MAX_VALUE);
        counters.ledger(Long.MAX_VALUE);

        assertThat(WorkerReport.of(counters).text()).hasSizeLessThan(WorkerReport.MAX_LENGTH / 2);
    }

    @Test
    void theDifferenceOfTwoReportsIsWhatWasDoneBetween() {
        WorkCounters counters = counters();
        WorkerReport before = WorkerReport.of(counters);
        counters.slice(SliceOrigin.REPEATED, SECOND / 20);
        counters.retry(RetriedService.S3);

        WorkerReport more = WorkerReport.of(counters).since(before);

        assertThat(more.slices())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(SliceOrigin.OWN, 0L, SliceOrigin.STOLEN, 0L, SliceOrigin.REPEATED, 1L));
        assertThat(more.buckets()).startsWith(0L, 1L, 0L);
        assertThat(more.sliceSeconds()).isBetween(0.049, 0.051);
        assertThat(more.retries()).containsEntry(RetriedService.S3, 1L).containsEntry(RetriedService.HTTP, 0L);
        assertThat(more.ledgerBytes()).isZero();
    }

    @Test
    void aForgedReportCannotLowerACounter() {
        WorkerReport before = WorkerReport.of(counters());
        String forged =
                before.text().replace("\"own\":2", "\"own\":-9").replace("\"ledgerBytes\":400", "\"ledgerBytes\":1");

        WorkerReport more = WorkerReport.parse(forged).orElseThrow().since(before);

        assertThat(more.slices().values()).allMatch(count -> count == 0);
        assertThat(more.ledgerBytes()).isZero();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "{", "[]", "7", "{\"buckets\":[1]}", "{\"buckets\":7}"})
    void whatIsNoReportIsIgnored(String text) {
        assertThat(WorkerReport.parse(text)).isEmpty();
    }
}
