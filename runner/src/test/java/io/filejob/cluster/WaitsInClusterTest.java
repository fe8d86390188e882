package io.filejob.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.storage.configmap.ConfigMapStore;
import io.filejob.storage.configmap.JobConfigMap;
import io.filejob.time.Waits;
import io.filejob.worker.Worker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker in a cluster reports its waits in annotations, with a worker's rights. */
final class WaitsInClusterTest {
    private static final String ATTEMPT = "01234567-89ab-4cde-8000-000000000000";

    @TempDir
    private Path folder;

    @Test
    void theLedgerTellsThemAndIsOtherwiseTheSame() {
        String spec = "input: {generate: {files: 4, entriesPerFile: 100, filesPerSlice: 1}}, operation: {average: {}}";
        try (TestJob job = new TestJob(spec, 1, folder)) {
            Worker worker = job.worker(0, 1, folder);
            Waits.begin(this, "the database of this test");
            try {
                worker.report();
                assertThat(waits(job)).contains("the database of this test");
                assertThat(job.store().ledgers()).hasSize(1);
            } finally {
                Waits.end(this);
            }
            assertThat(worker.run()).isTrue();
            worker.report();
            assertThat(waits(job)).doesNotContain("the database of this test");
            assertThat(job.store().ledgers()).singleElement().satisfies(ledger -> assertThat(ledger.results())
                    .hasSize(4));
        }
    }

    @Test
    void beforeThereIsAPlanAnotherConfigMapDoes() {
        String spec = "input: {generate: {files: 4, entriesPerFile: 100, filesPerSlice: 1}}, operation: {average: {}}";
        try (TestJob job = new TestJob(spec, 1, folder)) {
            var configMaps = job.configMaps();
            JobConfigMap own = JobConfigMap.read(configMaps, TestJob.NAME);
            for (String waits : new String[] {"listing input *.csv: 7 files so far", ""}) {
                ConfigMapStore.writeWaits(configMaps, own, 3, ATTEMPT, waits);
                var metadata = configMaps
                        .metadata(ClusterNames.waits(TestJob.NAME, 3, ATTEMPT))
                        .orElseThrow();
                assertThat(metadata.at("/annotations/filejob.io~1waits").asText())
                        .isEqualTo(waits);
                assertThat(metadata.at("/annotations/filejob.io~1attempt").asText())
                        .isEqualTo(ATTEMPT);
            }
            assertThat(job.worker(0, 1, folder).run()).isTrue();
        }
    }

    private static String waits(TestJob job) {
        return job.ledgers().at("/0/metadata/annotations/filejob.io~1waits").asText();
    }
}
