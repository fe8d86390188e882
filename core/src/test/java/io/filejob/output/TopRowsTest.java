package io.filejob.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.csv.CsvDialect;
import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.DrawnText;
import io.filejob.examples.Seeds;
import io.filejob.file.MemoryFolder;
import io.filejob.group.GroupSchema;
import io.filejob.group.PackedRows;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.spec.aggregate.TopSpec;
import io.filejob.spill.RunSource;
import io.filejob.spill.SpillBuffers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The first rows by rank are kept with any amount of memory. */
final class TopRowsTest {
    private static final long LARGE = 64 << 20;

    private final MemoryFolder folder = new MemoryFolder();

    /** Rows have a key and a value; they are added in the drawn order and in the reverse. */
    @ParameterizedTest
    @DrawingSource("top-rows.txt")
    void theFirstRowsAreDrawn(Drawing drawing) {
        GroupSchema schema = schema(
                drawing.setting("type", "decimal"),
                drawing.setting("order", "descending"),
                Integer.parseInt(drawing.setting("limit", "10")));
        drawing.check(lines -> {
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (String line : lines) {
                List<@Nullable String> row = new ArrayList<>();
                Drawing.cells(line).forEach(cell -> row.add(DrawnText.text(cell)));
                rows.add(row);
            }
            List<List<@Nullable String>> first = first(schema, rows, LARGE);
            assertThat(first(schema, rows.reversed(), LARGE)).isEqualTo(first);
            return first.stream()
                    .map(row -> DrawnText.of(row.get(0)) + " | " + DrawnText.of(row.get(1)))
                    .toList();
        });
    }

    private static GroupSchema schema(String type, String order, int limit) {
        ValueType valueType = ValueType.valueOf(type.toUpperCase(Locale.ROOT));
        TopSpec top = new TopSpec("v", TopSpec.Order.valueOf(order.toUpperCase(Locale.ROOT)), limit);
        MeasureSpec measure = new MeasureSpec(MeasureFunction.MAX, "v", "v", valueType);
        return new GroupSchema(
                new AggregateSpec(List.of("k"), List.of(measure), null, null, top), CsvDialect.standard());
    }

    private List<List<@Nullable String>> first(GroupSchema schema, List<List<@Nullable String>> rows, long memory) {
        List<List<@Nullable String>> first = new ArrayList<>();
        RunSource source = new RunSource(folder, "test", new SpillBuffers(), memory);
        try (TopRows top = new TopRows(schema, source, "ranking")) {
            ByteList packed = new ByteList(16);
            for (List<@Nullable String> row : rows) {
                packed.clear();
                PackedRows.write(row, packed);
                top.add(packed.array(), 0, packed.size());
            }
            ResultRow result = new ResultRow(schema);
            top.write((bytes, from, _) -> {
                result.of(bytes, from);
                first.add(result.fields());
            });
        }
        assertThat(folder.list()).isEmpty();
        return first;
    }

    /** With little memory, rows are spilled; with many rows, those beyond the limit are dropped before the end. */
    @Test
    void anyRowsAreRankedAsBySorting() {
        Seeds.repeat(12, random -> {
            int limit = Seeds.pick(random, 1, 100, 5000, 30_000);
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                rows.add(Arrays.asList(
                        "key-" + i, random.nextInt(50) == 0 ? null : Integer.toString(random.nextInt(3000) - 1500)));
            }
            Collections.shuffle(rows, new Random(random.nextLong()));
            Comparator<List<@Nullable String>> order = Comparator.comparing(
                    row -> row.get(1) == null ? null : new BigDecimal(row.get(1)),
                    Comparator.nullsLast(Comparator.reverseOrder()));
            List<List<@Nullable String>> expected = rows.stream()
                    .sorted(order.thenComparing(row -> String.valueOf(row.get(0))))
                    .limit(limit)
                    .toList();
            GroupSchema schema = schema("decimal", "descending", limit);
            assertThat(first(schema, rows, random.nextBoolean() ? LARGE : 256 << 10))
                    .isEqualTo(expected);
        });
    }
}
