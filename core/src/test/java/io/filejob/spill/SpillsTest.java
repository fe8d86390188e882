package io.filejob.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.csv.CsvDialect;
import io.filejob.file.Folder;
import io.filejob.file.MemoryFolder;
import io.filejob.group.GroupSchema;
import io.filejob.group.SortedRecords;
import io.filejob.group.StateSkip;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateSpec;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory for sorted runs does not grow with their number. */
final class SpillsTest {
    private static final int MAX_RUNS = 3 * 256;

    /** The memory allows 128 runs in a merge, or 2. */
    @ParameterizedTest
    @CsvSource({"35000, 16777216", "1000, 8192"})
    void fewOfVeryManyRunsAreHeld(int count, long memory) {
        AggregateSpec spec = new AggregateSpec(
                List.of("k"), List.of(new MeasureSpec(MeasureFunction.COUNT, null, null, null)), null, null, null);
        GroupSchema schema = new GroupSchema(spec, CsvDialect.standard());
        Folder spilled = new MemoryFolder();
        RunSource source = new RunSource(spilled, "test", new SpillBuffers(), memory);
        RowSort rows = new RowSort();
        ByteList record = new ByteList(16);
        try (Spills spills = new Spills(source, "sorting", new StateSkip(schema), new Combining(schema))) {
            for (int run = 0; run < count; run++) {
                record.clear();
                record.put(ByteBuffer.allocate(4).putInt(key(run)).array(), 0, 4);
                record.putVarint(1);
                rows.clear();
                rows.add(record.array, 0, 4, record.size);
                spills.add(rows.sorted());
                assertThat(spills.count()).isLessThan(MAX_RUNS);
            }
            assertThat(spilled.list().size()).isLessThan(20);
            SortedRecords sorted = spills.merged();
            for (int key = 0; key < count; key++) {
                assertThat(sorted.next()).isTrue();
                assertThat(ByteBuffer.wrap(sorted.bytes(), sorted.keyStart(), 4).getInt())
                        .isEqualTo(key);
                assertThat(sorted.state().varint()).isEqualTo(1);
            }
            assertThat(sorted.next()).isFalse();
        }
        assertThat(spilled.list()).isEmpty();
    }

    /** Returns different numbers for different runs: 37 divides neither number of runs. */
    private static int key(int run) {
        int count = run < 1000 ? 1000 : 34_000;
        int offset = run < 1000 ? 0 : 1000;
        return offset + (int) ((run - offset) * 37L % count);
    }
}
