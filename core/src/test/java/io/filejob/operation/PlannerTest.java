package io.filejob.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filejob.api.FileJobSpec;
import io.filejob.failure.JobFailedException;
import io.filejob.manifest.ManifestReader;
import io.filejob.plan.Cut;
import io.filejob.plan.InputFile;
import io.filejob.plan.Plan;
import io.filejob.validation.InvalidManifestException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Number of slices of an input. */
final class PlannerTest {
    private static final long MEBI = 1L << 20;

    @ParameterizedTest(name = "{0} bytes: {1}")
    @CsvSource({
        "0, 0",
        "1, 1",
        // 4 MiB each, or less
        "4194304, 1",
        "4194305, 2",
        "134217728, 32",
        // 32, evenly
        "134217729, 32",
        "1000000000, 32",
        "2147483648, 32",
        // 64 MiB each, or less
        "2147483649, 33",
        "6710886400000, 100000",
        // more than the maximum number of slices of 64 MiB
        "6710886400001, 100000",
        "100000000000000, 100000",
    })
    void whoChoosesNothingGetsEnoughSlices(long bytes, int slices) throws InvalidManifestException {
        assertThat(slices(spec(""), bytes / 3, bytes - bytes / 3)).isEqualTo(slices);
    }

    /** Each slice reports all of its groups. */
    @ParameterizedTest(name = "{0} bytes: {1}")
    @CsvSource({
        "0, 0",
        "4194304, 1",
        "4194305, 2",
        "134217728, 2",
        "134217729, 3",
        "1000000000, 15",
        "6710886400001, 100000",
    })
    void groupsGetNoMoreSlicesThanTheyNeed(long bytes, int slices) throws InvalidManifestException {
        FileJobSpec spec = spec("", "aggregate: {groupBy: [song], measures: [{function: count}]}");
        assertThat(slices(spec, bytes / 3, bytes - bytes / 3)).isEqualTo(slices);
    }

    /** The list of images is checked as a whole, and its images are divided by the size of the input alone. */
    @ParameterizedTest(name = "{0} bytes: {1} slices of input, {2} slices of images")
    @CsvSource({
        "0, 0, 1",
        "1, 1, 1",
        "2048, 1, 1",
        "2049, 1, 2",
        "1000000000, 1, 99998",
        "100000000000000, 1, 99998",
    })
    void aListOfImagesIsOneSlice(long bytes, int slices, int ofImages) throws InvalidManifestException {
        FileJobSpec spec = spec("", "compressImages: {to: {uri: out}}}\n  output: {uri: out.csv");
        List<InputFile> files = List.of(new InputFile("a.csv", bytes, "v", true));
        Plan plan = Planner.plan(spec, files);
        assertThat(plan.slicing().slices()).isEqualTo(slices);
        assertThat(plan.reduceSlices()).isEqualTo(ofImages);
        assertThat(plan.stages()).hasSize(3);
        assertThat(Planner.recut(spec, plan, plan.fingerprint().cut())).isEqualTo(plan);
        Cut cut = plan.fingerprint().cut();
        Cut smaller = new Cut(cut.protocol(), Math.max(1, bytes / 2), cut.reduceSlices(), 0, cut.inlineBytes());
        if (bytes > 1) {
            assertThatThrownBy(() -> Planner.recut(spec, plan, smaller)).isInstanceOf(JobFailedException.class);
        }
    }

    @Test
    void whatIsChosenIsKept() throws InvalidManifestException {
        assertThat(slices(spec(", sliceBytes: 1Mi"), 100 * MEBI)).isEqualTo(100);
        assertThat(slices(spec(", sliceBytes: 1Gi"), 100 * MEBI)).isEqualTo(1);
    }

    @Test
    void tooManySlicesAreRefusedWithWhatHelps() {
        assertThatThrownBy(() -> slices(spec(", sliceBytes: 1Mi"), 100_001 * MEBI))
                .isInstanceOf(JobFailedException.class)
                .hasMessage("spec.input.sliceBytes: 1Mi gives 100001 slices of the input's 104858648576 bytes,"
                        + " more than 100000: use 1048587 or more");
    }

    private static FileJobSpec spec(String more) throws InvalidManifestException {
        return spec(more, "average: {column: price}");
    }

    private static FileJobSpec spec(String more, String operation) throws InvalidManifestException {
        return ManifestReader.read("""
                        apiVersion: filejob.io/v1alpha1
                        kind: FileJob
                        metadata: {name: slices}
                        spec:
                          input: {files: ["*.csv"]%s}
                          operation: {%s}
                        """.formatted(more, operation)).spec();
    }

    private static int slices(FileJobSpec spec, long... sizes) {
        List<InputFile> files = IntStream.range(0, sizes.length)
                .mapToObj(i -> new InputFile(i + ".csv", sizes[i], "v", true))
                .toList();
        return Planner.plan(spec, files).slicing().slices();
    }
}
