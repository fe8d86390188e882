package io.filejob.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.JobFailedException;
import io.filejob.operator.Jobs;
import org.junit.jupiter.api.Test;
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

    private static FileJobSpec images(String fields) {
        return Jobs.job("""
                {"input": {"files": ["s3://bucket/a.csv"]}, "output": {"uri": "s3://bucket/out.csv"},
                 "operation": {"compressImages": {"to": {"uri": "s3://bucket/out"}}} %s}
                """.formatted(fields)).getSpec();
    }

    /** Compressions need their memory outside of the heap, also if the spec sets none. */
    @ParameterizedTest
    @CsvSource({"512Mi, 512Mi", "460Mi, 461Mi", "128Mi, 461Mi"})
    void aPodHoldsTheCompressionOfAnImage(String usual, String limit) {
        assertThat(PodMemory.limit(images(""), usual)).hasToString(limit);
        assertThat(PodMemory.limit(images(", \"memory\": \"1Gi\""), usual)).hasToString("1730Mi");
    }

    @Test
    void aPodThatIsTooSmallForACompressionIsRefused() {
        String pod = ", \"pod\": {\"resources\": {\"limits\": {\"memory\": \"%s\"}}}";
        PodMemory.check(images(pod.formatted("512Mi")));
        assertThatThrownBy(() -> PodMemory.check(images(pod.formatted("256Mi"))))
                .isInstanceOf(JobFailedException.class)
                .hasMessage("spec.memory: a worker that holds 192Mi (the default) needs a pod of 461Mi, more than"
                        + " spec.pod.resources.limits.memory, 256Mi: raise the limit, or lower spec.memory");
        PodMemory.check(images(", \"memory\": \"48Mi\"" + pod.formatted("256Mi")));
    }
}
