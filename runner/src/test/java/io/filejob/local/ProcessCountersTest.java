package io.filejob.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.manifest.ManifestReader;
import io.filejob.metrics.SliceOrigin;
import io.filejob.metrics.WorkCounters;
import io.filejob.metrics.WorkStep;
import io.filejob.status.Phase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The counters of worker processes, as the process that has started them shows them. */
@Timeout(300)
final class ProcessCountersTest {
    @TempDir
    private Path folder;

    @Test
    void theWorkOfAProcessIsAddedOnce() throws Exception {
        FileJob job = ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: counted}
                spec: {workers: 1, input: {generate: {files: 5, entriesPerFile: 1000, filesPerSlice: 1}}, operation: {average: {}}}
                """);
        WorkCounters counters = WorkCounters.ofProcess();
        long slicesBefore = counters.slices(SliceOrigin.OWN);
        double secondsBefore = counters.seconds(WorkStep.PARSE_AND_AGGREGATE);

        LocalRun.RunOutcome outcome =
                new LocalRun(job, new LocalOptions(folder, null, true, _ -> {}), Clock.systemUTC()).run();

        assertThat(outcome.status().phase()).isEqualTo(Phase.COMPLETE);
        assertThat(counters.slices(SliceOrigin.OWN) - slicesBefore)
                .isEqualTo(Objects.requireNonNull(outcome.status().slices()).total());
        assertThat(counters.seconds(WorkStep.PARSE_AND_AGGREGATE)).isGreaterThan(secondsBefore);
    }

    @Test
    void aKilledProcessFetchesNothingAndItsLastLineMayBeCutOff() {
        WorkCounters worker = new WorkCounters();
        worker.read(100, 20);
        worker.fetching(7);
        String line = CounterReport.line(worker.values());
        WorkCounters sum = new WorkCounters();
        sum.read(1, 1);
        CounterReport.ReceivedCounters received = new CounterReport.ReceivedCounters(sum);

        received.add(line);
        received.add(line.substring(0, line.length() - 1));
        assertThat(sum.readBytes()).isEqualTo(101);
        assertThat(sum.fetchingBytes()).isEqualTo(7);

        received.end();
        assertThat(sum.fetchingBytes()).isZero();
        assertThat(sum.readBytes()).isEqualTo(101);
    }
}
