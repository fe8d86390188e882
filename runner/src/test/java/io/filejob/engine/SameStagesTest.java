package io.filejob.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.coverage.Coverage;
import io.filejob.ledger.Ledger;
import io.filejob.ledger.SliceResult;
import io.filejob.manifest.ManifestReader;
import io.filejob.merge.Merge;
import io.filejob.operation.Planner;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.plan.Stage;
import io.filejob.status.JobResult;
import io.filejob.storage.Storage;
import io.filejob.validation.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All stages have the same results and files, regardless of the number, order and histories of workers. The published
 * result does not depend on the memory or on the size of ledgers either, which decide when groups are spilled.
 */
@Timeout(180)
final class SameStagesTest {
    private static final int RANGES = 3;
    private static final int ALL_INLINE = 64 << 20;
    /** Short enough for a key with the least memory. */
    private static final int LONG_NOTE = 200_000;

    @TempDir
    private Path folder;

    /** The results of slices by number, the files among the partial results and the published files. */
    private record Done(
            Map<Integer, String> results, Map<String, String> files, Map<String, String> published, JobResult result) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{aggregate: {groupBy: [k], measures: [{function: sum, column: n}, {function: first, column: k}]}}, output: {uri: out.csv}",
                "{aggregate: {groupBy: [k], measures: [{function: sum, column: n, as: s}], top: {by: s, limit: 5000}}}, output: {uri: out.csv}",
                "{aggregate: {groupBy: [k], measures: [{function: countDistinct, column: n, as: d}], having: [{column: d, operator: '>=', value: '1'}]}}, output: {uri: out.csv, parts: 2}",
                "{aggregate: {groupBy: [k], measures: [{function: sum, column: n, as: s}], top: {by: s, limit: 20}}}",
                "{average: {column: n}}, output: {uri: out.csv}"
            })
    void anyWorkersGiveTheSameBytes(String operation) throws Exception {
        Files.writeString(folder.resolve("in.csv"), SameSliceTest.text(1 << 30, LONG_NOTE), ISO_8859_1);

        Done alone = new Run(operation, "16Mi", 0).by(1, false);
        Done crowd = new Run(operation, "16Mi", 0).by(4, true);
        assertThat(crowd.results()).isEqualTo(alone.results());
        assertThat(crowd.files()).isEqualTo(alone.files());
        assertThat(crowd.published()).isEqualTo(alone.published()).isNotEmpty();

        boolean hasRuns = alone.files().keySet().stream().anyMatch(name -> name.endsWith("-runs"));
        assertThat(hasRuns).isEqualTo(operation.contains("aggregate"));
        Done other = operation.contains("top")
                ? new Run(operation, "64Mi", ALL_INLINE).by(3, false)
                : new Run(operation, "256Mi", 0).by(2, true);
        assertThat(hasRuns && alone.files().equals(other.files()))
                .as("the memory and the ledgers decide about files")
                .isFalse();
        assertThat(other.published()).isEqualTo(alone.published());
        assertThat(other.result()).isEqualTo(alone.result());
    }

    /** One job in a separate folder. */
    private final class Run {
        private final Path base = Files.createTempDirectory(folder, "run");
        private final Storage storage = new Storage(base);
        private final FileJob job;
        private final Plan plan;
        private final int inlineBytes;

        Run(String operation, String memory, int inlineBytes) throws IOException, InvalidManifestException {
            this.inlineBytes = inlineBytes;
            job = ManifestReader.read(String.format(
                    Locale.ROOT, """
                    apiVersion: filejob.io/v1alpha1
                    kind: FileJob
                    metadata: {name: same}
                    spec: {memory: %s, onBadRecord: skip, rejects: {uri: rejects.csv},
                      input: {files: ['%s'], sliceBytes: %d}, operation: %s}
                    """, memory, folder.resolve("in.csv"), SameSliceTest.SLICE_BYTES, operation));
            int ranges = job.spec().operation().aggregate() == null ? 0 : RANGES;
            plan = Planner.recut(
                    job.spec(),
                    Planner.plan(job.spec(), storage),
                    new Cut(Cut.PROTOCOL, SameSliceTest.SLICE_BYTES, ranges, 0, inlineBytes));
        }

        /** Runs all stages in {@code workers} threads, which take the slices in turn from either end. */
        Done by(int workers, boolean backwards) throws IOException {
            List<SliceWork> works = new ArrayList<>();
            List<List<SliceResult>> ledgers = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                works.add(Operations.slices(new OperationSetup(
                        job.spec(),
                        plan,
                        "job",
                        storage,
                        storage.folder("partials"),
                        inlineBytes,
                        base.resolve("scratch-" + i),
                        "attempt-" + i)));
                ledgers.add(new ArrayList<>());
            }
            for (Stage stage : plan.stages()) {
                Coverage before = coverage(ledgers);
                if (before.isComplete(stage) && stage.kind() == Stage.Kind.REDUCE) {
                    continue;
                }
                List<Integer> slices = new ArrayList<>(IntStream.range(stage.first(), stage.first() + stage.slices())
                        .boxed()
                        .toList());
                if (backwards) {
                    Collections.reverse(slices);
                }
                CompletableFuture.allOf(IntStream.range(0, workers)
                                .mapToObj(i -> CompletableFuture.runAsync(
                                        () -> {
                                            for (int at = i; at < slices.size(); at += workers) {
                                                int slice = slices.get(at);
                                                ledgers.get(i)
                                                        .add(
                                                                stage.kind() == Stage.Kind.MAP
                                                                        ? works.get(i)
                                                                                .map(slice, OptionalLong.empty())
                                                                        : works.get(i)
                                                                                .perform(
                                                                                        stage,
                                                                                        slice,
                                                                                        OptionalLong.empty(),
                                                                                        before));
                                            }
                                        },
                                        Thread::startVirtualThread))
                                .toArray(CompletableFuture[]::new))
                        .join();
                for (Map.Entry<Integer, Long> wrong :
                        coverage(ledgers).wrongStarts().entrySet()) {
                    ledgers.getLast().add(works.getLast().map(wrong.getKey(), OptionalLong.of(wrong.getValue())));
                }
            }
            works.forEach(SliceWork::close);
            return done(coverage(ledgers));
        }

        private Coverage coverage(List<List<SliceResult>> results) {
            List<Ledger> ledgers = new ArrayList<>();
            results.forEach(each -> ledgers.add(
                    new Ledger(plan.fingerprint().combined(), ledgers.size(), "attempt-" + ledgers.size(), each)));
            return Coverage.of(plan, ledgers);
        }

        private Done done(Coverage coverage) throws IOException {
            assertThat(coverage.isComplete()).isTrue();
            Map<Integer, String> results = new TreeMap<>();
            coverage.results()
                    .forEach(result -> results.put(
                            result.slice(), SameSliceTest.comparable(result).toString()));
            JobResult result = Merge.complete(job.spec(), coverage, Instant.EPOCH, Instant.EPOCH)
                    .result();
            return new Done(results, digests(base.resolve("partials")), digests(base), Objects.requireNonNull(result));
        }

        private static Map<String, String> digests(Path folder) throws IOException {
            Map<String, String> digests = new TreeMap<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    digests.put(String.valueOf(file.getFileName()), bytes.length + " " + Arrays.hashCode(bytes));
                }
            }
            return digests;
        }
    }
}
