package io.filejob.spill;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.examples.Seeds;
import io.filejob.group.SortedRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Records are sorted by key, and records with equal keys keep their order; compared with the JDK's stable sort. */
final class RowSortTest {
    // Rows are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Row(byte[] key, int number) {}

    @Test
    void recordsAreSortedStably() {
        RowSort sort = new RowSort();
        Seeds.repeat(40, random -> {
            List<Row> rows = rows(random);
            sort.clear();
            ByteList record = new ByteList(16);
            for (Row row : rows) {
                record.clear();
                record.put(0);
                record.put(row.key(), 0, row.key().length);
                record.putVarint(row.number());
                sort.add(record.array(), 1, row.key().length, record.size());
            }
            assertThat(sort.count()).isEqualTo(rows.size());
            List<Row> expected = new ArrayList<>(rows);
            expected.sort((one, other) -> Arrays.compareUnsigned(one.key(), other.key()));
            SortedRecords sorted = sort.sorted();
            for (Row row : expected) {
                assertThat(sorted.next()).isTrue();
                ByteCursor state = sorted.state();
                assertThat(Arrays.copyOfRange(
                                sorted.bytes(), sorted.keyStart(), sorted.keyStart() + sorted.keyLength()))
                        .isEqualTo(row.key());
                assertThat(state.varint()).isEqualTo(row.number());
            }
            assertThat(sorted.next()).isFalse();
        });
    }

    /** Returns rows of a few bytes, or of more than a part that is sorted at once; many keys are equal. */
    private static List<Row> rows(SplittableRandom random) {
        int count = Seeds.pick(random, 0, 1, 100, 20_000);
        int longest = Seeds.pick(random, 1, 4, 30);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[random.nextInt(longest + 1)];
            for (int p = 0; p < key.length; p++) {
                key[p] = Seeds.pick(random, (byte) 0, (byte) 1, (byte) 'a', (byte) 0xFF);
            }
            rows.add(new Row(key, i));
        }
        return rows;
    }

    @Test
    void theMemoryOfAllRecordsIsCounted() {
        RowSort sort = new RowSort();
        for (int i = 0; i < 1000; i++) {
            sort.add(new byte[100], 0, 10, 100);
        }
        assertThat(sort.isMoreThan(500_000)).isTrue();
        assertThat(sort.isMoreThan(1_000_000)).isFalse();
        sort.release();
        assertThat(sort.count()).isZero();
        assertThat(sort.isMoreThan(0)).isFalse();
    }
}
