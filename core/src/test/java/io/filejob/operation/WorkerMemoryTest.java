package io.filejob.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJobSpec;
import io.filejob.manifest.ManifestReader;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkerMemoryTest {
    private static final long MIB = 1 << 20;

    private static FileJobSpec spec(String memory, boolean groups) throws Exception {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: heap}
                spec:
                  memory: %s
                  input: {files: [in.csv]}
                  operation: {%s}
                """.formatted(
                                memory,
                                groups
                                        ? "aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}"
                                        : "average: {column: n}"))
                .spec();
    }

    @ParameterizedTest
    @CsvSource({
        // The smallest pods for 16, 20 and 24 MiB.
        "16Mi, true, 160, 69",
        "20Mi, true, 168, 77",
        "24Mi, true, 176, 85",
        "16Mi, true, 181, 90",
        // A pod that is too small for its worker, which refuses to run there.
        "16Mi, true, 140, 69",
        "32Mi, true, 160,",
        // The longest record takes 7 MiB or 25 MiB.
        "16Mi, false, 128, 58",
        "64Mi, false, 128,",
        "64Mi, false, 160, 77",
        // Half of the limit, or 60 %, is left to the JVM.
        "16Mi, true, 182,",
        "32Mi, true, 192,",
        "64Mi, true, 256,",
        "64Mi, true, 512,"
    })
    void smallPodsHaveTheHeapThatTheirWorkersNeed(String memory, boolean groups, long limit, @Nullable Long heap)
            throws Exception {
        OptionalLong bytes = WorkerMemory.podHeap(spec(memory, groups), limit * MIB);

        assertThat(bytes.stream().mapToObj(WorkerMemory::option).toList())
                .isEqualTo(heap == null ? List.of() : List.of("-Xmx" + heap + "m"));
    }

    private static FileJobSpec images(@Nullable String memory) throws Exception {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: images}
                spec:
                  %s
                  input: {files: ["s3://bucket/in.csv"]}
                  operation: {compressImages: {to: {uri: "s3://bucket/out"}}}
                  output: {uri: "s3://bucket/out.csv"}
                """.formatted(memory == null ? "" : "memory: " + memory))
                .spec();
    }

    /** A compression takes up to spec.memory outside of the heap, so that the heap gets the rest. */
    @ParameterizedTest
    @CsvSource({
        // The smallest pod: 91 MiB for the JVM, spec.memory, and the heap.
        "64Mi, 266, 111",
        "64Mi, 300, 145",
        ", 461, 178",
        ", 512, 229",
        "512Mi, 949, 346",
        // A pod that is too small for its worker, which refuses to run there.
        ", 256, ",
        // With 60 % for the heap, enough is left.
        "64Mi, 512, ",
        ", 1024, "
    })
    void theHeapLeavesRoomForCompressions(@Nullable String memory, long limit, @Nullable Long heap) throws Exception {
        FileJobSpec spec = images(memory);
        OptionalLong bytes = WorkerMemory.podHeap(spec, limit * MIB);

        assertThat(bytes.stream().mapToObj(WorkerMemory::option).toList())
                .isEqualTo(heap == null ? List.of() : List.of("-Xmx" + heap + "m"));
    }

    @ParameterizedTest
    @CsvSource({"16Mi, 174", "64Mi, 266", ", 461", "512Mi, 949", "4Gi, 6415"})
    void theSmallestPodHoldsHeapAndCompressions(@Nullable String memory, long limit) throws Exception {
        FileJobSpec spec = images(memory);
        assertThat(Math.ceilDiv(WorkerMemory.podLimit(spec), MIB)).isEqualTo(limit);
        long heap = WorkerMemory.podHeap(spec, limit * MIB).orElse(limit * MIB / 10 * 6);
        assertThat(heap).isGreaterThanOrEqualTo(WorkerMemory.smallestHeap(spec));
        assertThat(heap + spec.memoryBytes() + 91 * MIB).isLessThanOrEqualTo(limit * MIB);
    }
}
