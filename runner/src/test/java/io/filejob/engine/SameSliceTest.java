package io.filejob.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.file.Folder;
import io.filejob.ledger.SliceResult;
import io.filejob.manifest.ManifestReader;
import io.filejob.operation.Planner;
import io.filejob.plan.FileSlicing;
import io.filejob.plan.Plan;
import io.filejob.security.Sha256;
import io.filejob.storage.Storage;
import io.filejob.storage.compression.SourceStream;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A slice has one result and writes one set of files, regardless of its worker's history and of a given start of its
 * first record.
 */
@Timeout(180)
final class SameSliceTest {
    static final int SLICE_BYTES = 2 << 20;
    static final int SLICES = 3;
    private static final int LONG_NOTE = 700_000;
    private static final String SUM = "{aggregate: {groupBy: [k], measures: [{function: sum, column: n}]}}";
    private static final String SUM_AND_FIRST =
            "{aggregate: {groupBy: [k], measures: [{function: sum, column: n}, {function: first, column: k}]}}";

    @TempDir
    private Path folder;

    /** The results of slices by number, and the contents of their files by name. */
    private record Done(Map<Integer, String> results, Map<String, String> files) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                SUM,
                SUM + " # keys are different",
                SUM_AND_FIRST,
                "{average: {column: n}}",
                "{aggregate: {groupBy: [k], measures: [{function: count}, {function: avg, column: n}, {function: min, column: k, type: string}, {function: max, column: n}, {function: last, column: n}]}}",
                "{aggregate: {groupBy: [n], measures: [{function: countDistinct, column: k, as: d}]}}",
                "{aggregate: {groupBy: [k], measures: [{function: countDistinct, column: n, type: decimal, as: d}, {function: sum, column: n}]}} # keys are different",
                "{aggregate: {groupBy: [k], measures: [{function: sum, column: n, as: s}], top: {by: s, limit: 1000}}} # keys are different",
                "{aggregate: {groupBy: [k], measures: [{function: sum, column: n, as: s}], where: [{column: n, type: decimal, operator: '>', value: '2'}], having: [{column: s, operator: '>', value: '10'}]}}",
                "{aggregate: {groupBy: [k, n], measures: [{function: count, as: c}], top: {by: k, order: ascending, limit: 7}}}"
            })
    void isAFunctionOfThePlanTheSliceAndItsStart(String operation) throws IOException, InvalidManifestException {
        boolean different = operation.endsWith(" # keys are different");
        Files.writeString(folder.resolve("in.csv"), text(different ? 1 << 30 : 200_000, LONG_NOTE), ISO_8859_1);
        FileJob job = ManifestReader.read(String.format(Locale.ROOT, """
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: same}
                spec:
                  memory: 16Mi
                  onBadRecord: skip
                  rejects: {uri: rejects.csv}
                  input: {files: [in.csv], sliceBytes: %d}
                  operation: %s
                """, SLICE_BYTES, operation));
        Plan plan = Planner.plan(job.spec(), new Storage(folder));
        assertThat(((FileSlicing) plan.slicing()).slices()).isEqualTo(SLICES);

        Done inOrder = work(job, plan, "a", List.of(0, 1, 2), false);
        Done backwards = work(job, plan, "b", List.of(2, 1, 0), false);
        Done told = work(job, plan, "c", List.of(1, 0, 0, 2), true);

        assertThat(backwards.results()).isEqualTo(inOrder.results());
        assertThat(told.results()).isEqualTo(inOrder.results());
        assertThat(backwards.files()).isEqualTo(inOrder.files());
        assertThat(told.files()).isEqualTo(inOrder.files());
        assertThat(inOrder.files().keySet().stream().filter(name -> name.endsWith("-rejects")))
                .hasSize(SLICES);
        for (int slice = 0; slice < SLICES; slice++) {
            Done alone = work(job, plan, "d" + slice, List.of(slice), false);
            assertThat(alone.results().get(slice)).isEqualTo(inOrder.results().get(slice));
            assertThat(inOrder.files()).containsAllEntriesOf(alone.files());
        }
    }

    /** Processes slices; {@code told} says whether they receive the starts that a worker without a history guesses. */
    private Done work(FileJob job, Plan plan, String attempt, List<Integer> order, boolean told) throws IOException {
        Folder partials = new Storage(folder).folder(attempt);
        Map<Integer, String> results = new TreeMap<>();
        OperationSetup setup = new OperationSetup(
                job.spec(), plan, "job", new Storage(folder), partials, 0, folder.resolve("scratch"), attempt);
        try (SliceWork work = Operations.slices(setup)) {
            for (int slice : order) {
                OptionalLong start = told ? OptionalLong.of(start(job, plan, slice)) : OptionalLong.empty();
                results.put(slice, comparable(work.map(slice, start)).toString());
            }
        }
        Map<String, String> files = new TreeMap<>();
        for (Folder.Entry entry : partials.list()) {
            try (var source = partials.open(entry.name())) {
                files.put(entry.name(), Sha256.of(new SourceStream(source).readAllBytes()));
            }
        }
        return new Done(results, files);
    }

    private long start(FileJob job, Plan plan, int slice) {
        OperationSetup setup = new OperationSetup(
                job.spec(),
                plan,
                "job",
                new Storage(folder),
                new Storage(folder).folder("starts"),
                0,
                folder.resolve("scratch"),
                "starts");
        try (SliceWork work = Operations.slices(setup)) {
            return work.map(slice, OptionalLong.empty()).start();
        }
    }

    /** Returns a copy without the information whether the start was guessed. */
    static SliceResult comparable(SliceResult result) {
        return result.toBuilder().certain(true).build();
    }

    /**
     * Returns rows with a long record that makes buffers grow, quoted notes across the ends of slices, and occasional
     * bad rows.
     */
    static String text(int keys, int longNote) {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder text = new StringBuilder("k,n\n");
        text.append('"').append("x".repeat(longNote)).append("\",1\n");
        IntStream.range(1, SLICES + 1).forEach(slice -> {
            int end = slice * SLICE_BYTES - (slice < SLICES ? 3000 : 100);
            while (text.length() < end) {
                text.append("key").append(random.nextInt(keys)).append(',');
                text.append(random.nextInt(100) == 0 ? "1.25" : random.nextInt(700) == 0 ? "bad" : "7");
                text.append('\n');
                if (random.nextInt(1000) == 0) {
                    text.append("\"a\"\"b,\n").append(random.nextInt(keys)).append("\",3\n");
                }
            }
            if (slice < SLICES) {
                text.append("\"see:\n").append("seven,7\n".repeat(20_000)).append("\",5\n");
            }
        });
        return text.toString();
    }
}
