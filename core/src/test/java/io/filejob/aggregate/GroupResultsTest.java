package io.filejob.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.api.FileJob;
import io.filejob.csv.BadRecordSink;
import io.filejob.csv.CsvDialect;
import io.filejob.csv.FileRange;
import io.filejob.csv.MemorySource;
import io.filejob.csv.OnBad;
import io.filejob.csv.RowConsumer;
import io.filejob.csv.RowReader;
import io.filejob.file.Folder;
import io.filejob.file.MemoryFolder;
import io.filejob.file.PendingFile;
import io.filejob.group.GroupSchema;
import io.filejob.ledger.GroupsPartial;
import io.filejob.ledger.SpillFile;
import io.filejob.manifest.ManifestReader;
import io.filejob.output.RowOutput;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.spill.RunSource;
import io.filejob.spill.SpillBuffers;
import io.filejob.spill.SpillSink;
import io.filejob.validation.InvalidManifestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a result do not depend on the memory for merging runs. */
final class GroupResultsTest {
    private static final long LARGE = 64 << 20;
    private static final int SLICES = 120;
    private static final int ROWS_OF_SLICE = 100;

    private final Folder partials = new MemoryFolder();

    private static FileJob job(String top) throws InvalidManifestException {
        return ManifestReader.read("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata: {name: merged}
                spec:
                  input: {files: [in.csv]}
                  operation:
                    aggregate:
                      groupBy: [k]
                      measures:
                      - {function: sum, column: n, as: s}
                      - {function: countDistinct, column: t, as: d}
                      - {function: last, column: t, as: l}
                      %s
                """.formatted(top));
    }

    private static GroupSchema schema(String top) throws InvalidManifestException {
        AggregateSpec spec = Objects.requireNonNull(job(top).spec().operation().aggregate());
        return new GroupSchema(spec, CsvDialect.standard());
    }

    /** Makes each slice write runs of a few rows. */
    private List<GroupsPartial> map(GroupSchema schema) throws IOException {
        return map(schema, 0, SLICES, ROWS_OF_SLICE, "k");
    }

    /** Makes {@code slices} slices of {@code rowsOfSlice} rows write runs; keys begin with {@code prefix}. */
    private List<GroupsPartial> map(GroupSchema schema, int inlineLimit, int slices, int rowsOfSlice, String prefix)
            throws IOException {
        Random random = new Random(9);
        RowReader reader = new RowReader(schema.dialect(), schema.columns(), OnBad.FAIL, BadRecordSink.NONE);
        Grouper grouper = new Grouper(schema, 8 << 10, inlineLimit);
        List<GroupsPartial> all = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            StringBuilder text = new StringBuilder("k,n,t\n");
            for (int row = 0; row < rowsOfSlice; row++) {
                text.append(prefix)
                        .append(String.format(
                                Locale.ROOT,
                                "%d,%d,t%d%n",
                                random.nextInt(3000),
                                random.nextInt(100),
                                random.nextInt(50)));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            String name = "slice-" + slice;
            RowConsumer rows = grouper.begin(new SpillSink() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public PendingFile create() {
                    return partials.create(name, "test");
                }
            });
            grouper.position().at(slice);
            try (var source = MemorySource.of("in-" + slice + ".csv", bytes)) {
                reader.read(FileRange.whole(source), rows);
            }
            all.add(grouper.finish());
        }
        return all;
    }

    private String merged(GroupSchema schema, List<GroupsPartial> all, long memory, int ranges) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GroupResults results = new GroupResults(schema, all);
        for (int range = 0; range < ranges; range++) {
            RowOutput out = RowOutput.csv(bytes::write);
            results.write(new RunSource(partials, "test", new SpillBuffers(), memory), range, ranges, out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void littleMemoryIsEnoughForManyRuns() throws IOException, InvalidManifestException {
        GroupSchema schema = schema("");
        List<GroupsPartial> all = map(schema);
        assertThat(all.stream().mapToInt(partial -> partial.runs().size()).sum())
                .isGreaterThanOrEqualTo(SLICES);
        String whole = merged(schema, all, LARGE, 1);
        assertThat(whole.lines().count()).isGreaterThan(2000);
        assertThat(merged(schema, all, 256 << 10, 1)).isEqualTo(whole);
        assertThat(merged(schema, all, 64 << 10, 7)).isEqualTo(whole);
        assertThat(partials.list()).hasSize(SLICES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 5000})
    void littleMemoryIsEnoughForManyRowsOfTop(int limit) throws IOException, InvalidManifestException {
        GroupSchema schema = schema("top: {by: s, limit: " + limit + "}");
        List<GroupsPartial> all = map(schema);
        String whole = merged(schema, all, LARGE, 1);
        assertThat(whole.lines().count()).isBetween(Math.min(limit, 2000L), (long) limit);
        assertThat(merged(schema, all, 64 << 10, 1)).isEqualTo(whole);
        assertThat(partials.list()).hasSize(SLICES);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 400", "70, 0", "70, 400", "70, 4000"})
    void theSpaceInLedgersDoesNotGrowWithTheRowsOfASlice(int keyLength, int inlineLimit)
            throws IOException, InvalidManifestException {
        GroupSchema schema = schema("");
        List<GroupsPartial> all = map(schema, inlineLimit, 2, 12_000, "k".repeat(keyLength));
        for (GroupsPartial partial : all) {
            assertThat(partial.runs().stream().filter(SpillFile::sorted).count())
                    .isBetween(2L, 16L);
            assertThat(partial.runs().stream().filter(run -> !run.sorted()).count())
                    .isPositive();
            int samples = partial.runs().stream()
                    .flatMap(run -> run.samples().stream())
                    .mapToInt(String::length)
                    .sum();
            assertThat(samples)
                    .isLessThanOrEqualTo(
                            Math.max(inlineLimit / 4, 3 * 32 * partial.runs().size()));
        }
        String whole = merged(schema, all, LARGE, 1);
        assertThat(whole.lines().count()).isGreaterThan(2900);
        assertThat(merged(schema, all, 64 << 10, 1)).isEqualTo(whole);
        assertThat(merged(schema, all, 256 << 10, 7)).isEqualTo(whole);
    }
}
