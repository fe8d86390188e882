package io.filejob.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.bytes.ByteCursor;
import io.filejob.bytes.ByteList;
import io.filejob.examples.Drawing;
import io.filejob.examples.DrawingSource;
import io.filejob.examples.DrawnText;
import io.filejob.examples.Seeds;
import io.filejob.spec.MeasureFunction;
import io.filejob.spec.MeasureSpec;
import io.filejob.spec.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Measures are exact and do not depend on the division of the rows or on the order in which parts are merged. */
final class AccumulatorTest {
    private static final List<MeasureSpec> ALL = List.of(
            measure(MeasureFunction.SUM, null),
            measure(MeasureFunction.AVG, null),
            measure(MeasureFunction.MIN, null),
            measure(MeasureFunction.MAX, null),
            measure(MeasureFunction.COUNT, null),
            measure(MeasureFunction.MIN, ValueType.STRING),
            measure(MeasureFunction.MAX, ValueType.STRING),
            measure(MeasureFunction.FIRST, null),
            measure(MeasureFunction.LAST, null),
            new MeasureSpec(MeasureFunction.COUNT, null, null, null));

    private static MeasureSpec measure(MeasureFunction function, @Nullable ValueType type) {
        return new MeasureSpec(function, "v", "v", type);
    }

    /** Each line is one file of values, separated by bars. All values are added at once, and then in parts. */
    @ParameterizedTest
    @DrawingSource("measures.txt")
    void resultsAreDrawn(Drawing drawing) {
        MeasureFunction function =
                MeasureFunction.valueOf(drawing.setting("function", "").toUpperCase(Locale.ROOT));
        String type = drawing.setting("type", "");
        List<MeasureSpec> measures =
                List.of(measure(function, type.isEmpty() ? null : ValueType.valueOf(type.toUpperCase(Locale.ROOT))));
        drawing.check(lines -> {
            MeasuredRows atOnce = new MeasuredRows(measures);
            List<ByteList> states = new ArrayList<>();
            for (int file = 0; file < lines.size(); file++) {
                List<String> rows = Drawing.cells(lines.get(file)).stream()
                        .map(cell -> "1," + (DrawnText.isNull(cell) ? "" : '"' + DrawnText.text(cell) + '"'))
                        .toList();
                atOnce.add(file, rows);
                MeasuredRows part = new MeasuredRows(measures);
                part.add(file, rows);
                states.add(part.state(1));
            }
            String result = atOnce.result(0, 1);
            assertThat(merged(measures, states).result(0, 1)).isEqualTo(result);
            assertThat(merged(measures, states.reversed()).result(0, 1)).isEqualTo(result);
            return List.of(DrawnText.of(result));
        });
    }

    private static MeasuredRows merged(List<MeasureSpec> measures, List<ByteList> states) {
        MeasuredRows merged = new MeasuredRows(measures);
        states.forEach(state -> merged.read(1, state));
        return merged;
    }

    /** A row of the input. */
    private record Row(int group, @Nullable String value) {}

    @Test
    void anyDivisionAndOrderGivesTheResultsOfBigDecimal() {
        Seeds.repeat(300, random -> {
            List<List<Row>> files = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                files.add(rows(random));
            }
            List<Integer> order = new ArrayList<>();
            List<MeasuredRows> parts = new ArrayList<>();
            for (int file = 0; file < files.size(); file++) {
                MeasuredRows part = new MeasuredRows(ALL);
                part.add(
                        file, files.get(file).stream().map(AccumulatorTest::csv).toList());
                parts.add(part);
                order.add(file);
            }
            Collections.shuffle(order, new Random(random.nextLong()));
            MeasuredRows merged = new MeasuredRows(ALL);
            for (int file : order) {
                for (int group = 1; group < 4; group++) {
                    // Groups from 4 on are merged later.
                    merged.read(
                            group + (random.nextBoolean() ? 0 : 4),
                            parts.get(file).state(group));
                }
            }
            for (int group = 1; group < 4; group++) {
                merged.merge(group, group + 4);
                int wanted = group;
                List<@Nullable String> values = new ArrayList<>();
                files.stream()
                        .flatMap(List::stream)
                        .filter(row -> row.group() == wanted)
                        .forEach(row -> values.add(row.value()));
                List<@Nullable String> results = new ArrayList<>();
                for (int measure = 0; measure < ALL.size(); measure++) {
                    results.add(merged.result(measure, group));
                }
                assertThat(results).as("%s", values).isEqualTo(expected(values));
            }
        });
    }

    @Test
    void aStateIsSkippedToItsEnd() {
        Seeds.repeat(300, random -> {
            MeasuredRows rows = new MeasuredRows(ALL);
            rows.add(0, rows(random).stream().map(AccumulatorTest::csv).toList());
            for (int group = 1; group < 4; group++) {
                for (Accumulator accumulator : rows.accumulators) {
                    ByteList state = new ByteList(16);
                    accumulator.write(group, state);
                    ByteCursor cursor = new ByteCursor();
                    cursor.of(state.array(), 0);
                    accumulator.skip(cursor);
                    assertThat(cursor.at)
                            .as(accumulator.getClass().getSimpleName())
                            .isEqualTo(state.size());
                }
            }
        });
    }

    @Test
    void aClearedGroupIsEmpty() {
        MeasuredRows rows = new MeasuredRows(ALL);
        ByteList empty = rows.state(1);
        rows.add(0, List.of("1,1e30", "1,-0.5", "1,7"));
        assertThat(rows.state(1).toArray()).isNotEqualTo(empty.toArray());
        rows.accumulators.forEach(Accumulator::clear);
        assertThat(rows.state(1).toArray()).isEqualTo(empty.toArray());
        assertThat(rows.accumulators)
                .allSatisfy(accumulator -> assertThat(accumulator.heldBytes()).isZero());
    }

    private static List<Row> rows(SplittableRandom random) {
        List<Row> rows = new ArrayList<>();
        int digits = Seeds.pick(random, 3, 3, 17, 19, 30);
        int scale = Seeds.pick(random, 0, 2, 18, 25);
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            rows.add(new Row(random.nextInt(1, 4), value(random, digits, scale)));
        }
        return rows;
    }

    private static @Nullable String value(SplittableRandom random, int digits, int scale) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        if (random.nextInt(8) == 0) {
            return Seeds.pick(
                    random, "999999999999999999", "1000000000000000000", "-1000000000000000000", "9223372036854775807");
        }
        BigInteger unscaled = new BigInteger("9".repeat(random.nextInt(1, digits + 1)))
                .subtract(BigInteger.valueOf(random.nextInt(10)));
        BigDecimal value = new BigDecimal(unscaled, random.nextInt(scale + 1));
        return (random.nextBoolean() ? value : value.negate()).toPlainString();
    }

    private static String csv(Row row) {
        return row.group() + "," + Objects.requireNonNullElse(row.value(), "");
    }

    private static List<@Nullable String> expected(List<@Nullable String> all) {
        List<String> texts = new ArrayList<>();
        for (String value : all) {
            if (value != null) {
                texts.add(value);
            }
        }
        List<BigDecimal> numbers = texts.stream().map(BigDecimal::new).toList();
        String count = Integer.toString(texts.size());
        String rows = Integer.toString(all.size());
        if (texts.isEmpty()) {
            return Arrays.asList(null, null, null, null, count, null, null, null, null, rows);
        }
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        Comparator<String> bytes =
                Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
        return List.of(
                plain(sum),
                plain(sum.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL128)),
                plain(Collections.min(numbers)),
                plain(Collections.max(numbers)),
                count,
                Collections.min(texts, bytes),
                Collections.max(texts, bytes),
                texts.getFirst(),
                texts.getLast(),
                rows);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
