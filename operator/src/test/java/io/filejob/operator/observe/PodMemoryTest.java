package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJobSpec;
import io.filejob.operator.Jobs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodMemoryTest {
    @ParameterizedTest
    @CsvSource({"64Mi, 512Mi, 512Mi", "512Mi, 512Mi, 1152Mi", "512Mi, 2Gi, 2Gi", "1500k, 100Mi, 131Mi"})
    void aPodIsAsLargeAsUsualOrAsWhatItsWorkerMayHoldTakes(String memory, String usual, String limit) {
        FileJobSpec spec = Jobs.job(
                        "{\"input\": {\"files\": [\"/a\"]}, \"operation\": {\"average\": {}}, \"memory\": \"" + memory
                                + "\"}")
                .getSpec();

        assertThat(PodMemory.limit(spec, usual)).hasToString(limit);
    }
}
