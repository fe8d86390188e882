package io.filejob.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteList;
import io.filejob.csv.CsvDialect;
import io.filejob.group.GroupSchema;
import io.filejob.group.PackedRows;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.spec.aggregate.TopSpec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoded ranks sort like the rows: by value with nulls last, then by key with nulls first. */
final class RowRankTest {
    private static final int ROWS = 4000;

    @ParameterizedTest
    @CsvSource({"SUM, ASCENDING", "SUM, DESCENDING", "MAX, ASCENDING", "MAX, DESCENDING"})
    void ranksAreInTheOrderOfRows(MeasureFunction function, TopSpec.Order order) {
        boolean decimal = function == MeasureFunction.SUM;
        TopSpec top = new TopSpec("v", order, 10);
        MeasureSpec measure = new MeasureSpec(function, "v", "v", decimal ? null : ValueType.STRING);
        GroupSchema schema = new GroupSchema(
                new AggregateSpec(List.of("a", "b"), List.of(measure), null, null, top), CsvDialect.standard());
        Random random = new Random(5);
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(Arrays.asList(
                    text(random),
                    text(random),
                    random.nextInt(20) == 0 ? null : decimal ? number(random) : text(random)));
        }
        RowRank rank = new RowRank(schema, top);
        List<List<@Nullable String>> ranked = new ArrayList<>(rows);
        ranked.sort((List<@Nullable String> one, List<@Nullable String> other) ->
                Arrays.compareUnsigned(rank(rank, one), rank(rank, other)));
        rows.sort(expected(decimal, order));
        assertThat(ranked).isEqualTo(rows);
    }

    private static byte[] rank(RowRank rank, List<@Nullable String> row) {
        ByteList packed = new ByteList(16);
        PackedRows.write(row, packed);
        ByteList out = new ByteList(16);
        rank.write(packed.array(), 0, out);
        return out.toArray();
    }

    private static Comparator<List<@Nullable String>> expected(boolean decimal, TopSpec.Order order) {
        Comparator<String> bytes = (one, other) ->
                Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
        Comparator<String> values = decimal ? Comparator.comparing(BigDecimal::new) : bytes;
        Comparator<String> directed = order == TopSpec.Order.DESCENDING ? values.reversed() : values;
        return Comparator.<List<@Nullable String>, @Nullable String>comparing(
                        row -> row.get(2), Comparator.nullsLast(directed))
                .thenComparing(row -> row.get(0), Comparator.nullsFirst(bytes))
                .thenComparing(row -> row.get(1), Comparator.nullsFirst(bytes));
    }

    /** Returns short texts of few characters, so that many are equal or share a prefix; some contain zero bytes. */
    private static @Nullable String text(Random random) {
        List<String> characters = List.of("\0", "\u0001", "a", "b", "\u00ff", "🎵");
        int length = random.nextInt(5) - 1;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters.get(random.nextInt(characters.size())));
        }
        return length < 0 ? null : text.toString();
    }

    private static String number(Random random) {
        String digits = String.join("", Collections.nCopies(random.nextInt(3), "9")) + random.nextInt(200);
        BigDecimal number = new BigDecimal(digits).movePointLeft(random.nextInt(8) - 2);
        number = random.nextBoolean() ? number : number.negate();
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
