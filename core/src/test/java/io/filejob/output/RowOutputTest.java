package io.filejob.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.csv.CsvDialect;
import io.filejob.group.GroupSchema;
import io.filejob.group.PackedRows;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.status.JobResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** All rows are written, and the first ones are kept for the status. */
final class RowOutputTest {
    private static final GroupSchema SCHEMA = new GroupSchema(
            new AggregateSpec(
                    List.of("k"), List.of(new MeasureSpec(MeasureFunction.MAX, "n", null, null)), null, null, null),
            CsvDialect.standard());

    private static ResultRow row(String key, @Nullable String value) {
        ByteList packed = new ByteList(16);
        PackedRows.write(Arrays.asList(key, value), packed);
        ResultRow row = new ResultRow(SCHEMA);
        row.of(packed.array(), 0);
        return row;
    }

    @Test
    void rowsAreWrittenAsCsvWithTheirChecksum() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        RowOutput out = RowOutput.csv(written::write);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            out.add(row("k," + i, i % 3 == 0 ? null : "1.5"));
            expected.append("\"k,")
                    .append(i)
                    .append("\",")
                    .append(i % 3 == 0 ? "" : "1.5")
                    .append('\n');
        }
        out.flush();
        byte[] bytes = expected.toString().getBytes(StandardCharsets.UTF_8);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        assertThat(written.toByteArray()).isEqualTo(bytes);
        assertThat(out.rows()).isEqualTo(20_000);
        assertThat(out.bytes()).isEqualTo(bytes.length);
        assertThat(out.checksum()).isEqualTo(checksum.getValue());
        assertThat(out.first())
                .hasSize(JobResult.MAX_ROWS)
                .startsWith(Arrays.asList("k,0", null), List.of("k,1", "1.5"));
        assertThat(out.isCut()).isFalse();
    }

    @Test
    void packedRowsAreReadBack() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        RowOutput out = RowOutput.packed(written::write);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(Arrays.asList("k".repeat(i), i % 3 == 0 ? null : "7"));
            out.add(row("k".repeat(i), rows.getLast().get(1)));
        }
        out.flush();
        List<List<@Nullable String>> read = new ArrayList<>();
        ResultRow row = new ResultRow(SCHEMA);
        PackedRows.read(new ByteArrayInputStream(written.toByteArray()), out.bytes(), (bytes, from, _) -> {
            row.of(bytes, from);
            read.add(row.fields());
        });
        assertThat(read).isEqualTo(rows);
    }

    @Test
    void longRowsAreShownShortened() {
        RowOutput out = RowOutput.csv(null);
        out.add(row("k".repeat(RowOutput.MAX_SHOWN - 1), "7"));
        assertThat(out.isCut()).isFalse();
        assertThat(out.first().getFirst().getFirst()).hasSize(RowOutput.MAX_SHOWN - 1);
        out.add(row("k".repeat(RowOutput.MAX_SHOWN), "7"));
        assertThat(out.isCut()).isTrue();
        assertThat(String.valueOf(out.first().getLast().getFirst()))
                .startsWith("kkk")
                .hasSizeLessThan(300);
        assertThat(out.first().getLast().getLast()).isEqualTo("7");
        assertThat(out.rows()).isEqualTo(2);
        assertThat(out.bytes()).isZero();
    }
}
