package io.filejob.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJobSpec;
import io.filejob.manifest.ManifestReader;
import io.filejob.validation.InvalidManifestException;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No more workers run at once than the memory holds: the heap of one process, or the machine's as processes. */
final class WorkerHeapTest {
    private static final long MIB = 1 << 20;
    private static final String SUM = "aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}";

    private static FileJobSpec spec(int workers, String memory, String operation) throws InvalidManifestException {
        return ManifestReader.read(String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: heap}
                spec:
                  workers: %d
                  memory: %s
                  input: {files: [in.csv]}
                  operation: {%s}
                """, workers, memory, operation))
                .spec();
    }

    @ParameterizedTest
    @CsvSource({
        // A process needs 1.1 times 100 MiB, 48 MiB of heap and 52 MiB beside it.
        "8, 100Mi, 100, 1",
        "8, 100Mi, 419, 1",
        "8, 100Mi, 420, 2",
        "8, 100Mi, 1680, 8",
        "8, 100Mi, 100000, 8",
        "8, 1Gi, 4096, 3",
        "1000, 64Mi, 17200, 100"
    })
    void processesFitTheMemoryOfTheMachine(int workers, String memory, long machine, int running) throws Exception {
        assertThat(WorkerHeap.processes(spec(workers, memory, SUM), machine * MIB))
                .isEqualTo(running);
    }

    @ParameterizedTest
    @CsvSource({"8, 100Mi, 157, 1", "8, 100Mi, 268, 2", "8, 100Mi, 267, 1", "8, 100Mi, 1000, 8"})
    void threadsFitTheHeap(int workers, String memory, long heap, int running) throws Exception {
        assertThat(WorkerHeap.workers(spec(workers, memory, SUM), heap * MIB, heap * MIB))
                .isEqualTo(running);
    }

    @ParameterizedTest
    @CsvSource({"64Mi, 1250, 10", "16Mi, 1070, 10"})
    void processesWithoutGroupsNeedTheLongestRecordOnly(String memory, long machine, int running) throws Exception {
        assertThat(WorkerHeap.processes(spec(10, memory, "average: {column: n}"), machine * MIB))
                .isEqualTo(running);
        assertThat(WorkerHeap.processes(spec(10, memory, "average: {column: n}"), (machine - 1) * MIB))
                .isEqualTo(running - 1);
    }

    private static FileJobSpec images(int workers) throws InvalidManifestException {
        return ManifestReader.read(String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: images}
                spec:
                  workers: %d
                  memory: 100Mi
                  input: {files: [in.csv]}
                  operation: {compressImages: {to: {uri: out}}}
                  output: {uri: out.csv}
                """, workers)).spec();
    }

    /** Each worker takes 75 MiB of heap and up to 100 MiB beside it. */
    @ParameterizedTest
    @CsvSource({"1000, 8000, 8", "1000, 1452, 4", "1000, 1451, 3", "1000, 1000, 1", "197, 8000, 1", "198, 8000, 2"})
    void threadsThatCompressImagesFitHeapAndMachine(long heap, long machine, int running) throws Exception {
        assertThat(WorkerHeap.workers(images(8), heap * MIB, machine * MIB)).isEqualTo(running);
    }

    @ParameterizedTest
    @CsvSource({"275, 1", "549, 1", "550, 2", "100000, 8"})
    void processesThatCompressImagesFitTheMachine(long machine, int running) throws Exception {
        assertThat(WorkerHeap.processes(images(8), machine * MIB)).isEqualTo(running);
    }
}
