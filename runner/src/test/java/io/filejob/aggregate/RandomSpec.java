package io.filejob.aggregate;

import static io.filejob.aggregate.RandomDialect.pick;
import static io.filejob.aggregate.RandomDialect.yaml;

import io.filejob.aggregate.RandomColumn.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A random aggregation. */
final class RandomSpec {
    private static final String[] OPERATORS = {"=", "!=", "<", "<=", ">", ">="};

    private final SplittableRandom random;
    private final List<RandomColumn> columns;
    private final boolean byPosition;
    private final List<String> keys = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();

    private record Measure(String output, Kind result, String text) {}

    /** Creates an aggregation; if {@code byPosition}, it may refer to columns by position, for example #1. */
    RandomSpec(SplittableRandom random, List<RandomColumn> columns, boolean byPosition) {
        this.random = random;
        this.columns = columns;
        this.byPosition = byPosition;
        List<RandomColumn> shuffled = new ArrayList<>(columns);
        Collections.shuffle(shuffled, new Random(random.nextLong()));
        shuffled.stream().limit(random.nextInt(4)).forEach(column -> {
            keys.add(reference(column));
            kinds.add(column.kind());
        });
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            measures.add(measure(i));
        }
    }

    /** Returns the members of {@code aggregate}. */
    String aggregate() {
        StringBuilder text = new StringBuilder();
        if (!keys.isEmpty()) {
            text.append("groupBy: ")
                    .append(list(keys.stream().map(RandomDialect::yaml).toList()))
                    .append(", ");
        }
        text.append("measures: ")
                .append(list(measures.stream().map(Measure::text).toList()));
        List<String> where = new ArrayList<>();
        for (int i = random.nextInt(6) - 3; i > 0; i--) {
            RandomColumn column = pick(random, columns.toArray(RandomColumn[]::new));
            where.add(comparison(reference(column), column.kind(), true));
        }
        if (!where.isEmpty()) {
            text.append(", where: ").append(list(where));
        }
        if (random.nextInt(4) == 0) {
            Measure measure = pick(random, measures.toArray(Measure[]::new));
            boolean byKey = !keys.isEmpty() && random.nextInt(3) == 0;
            text.append(", having: ")
                    .append(list(List.of(
                            byKey
                                    ? comparison(keys.getFirst(), kinds.getFirst(), true)
                                    : comparison(measure.output(), measure.result(), false))));
        }
        if (random.nextInt(4) == 0) {
            String by = random.nextInt(3) == 0 && !keys.isEmpty()
                    ? keys.getLast()
                    : pick(random, measures.toArray(Measure[]::new)).output();
            text.append(", top: {by: ").append(yaml(by));
            text.append(pick(random, "", ", order: ascending", ", order: descending"));
            text.append(", limit: ").append(1 + random.nextInt(5)).append("}");
        }
        return text.toString();
    }

    private Measure measure(int number) {
        String function = pick(random, "sum", "count", "min", "max", "avg", "first", "last", "countDistinct", "sum");
        if (function.equals("count") && random.nextBoolean()) {
            return new Measure("m" + number, Kind.NUMBER, "{function: count, as: m" + number + "}");
        }
        boolean numbers = List.of("sum", "avg").contains(function);
        List<RandomColumn> fitting = columns.stream()
                .filter(column -> !numbers || column.kind() == Kind.NUMBER || random.nextInt(8) == 0)
                .toList();
        RandomColumn column = pick(random, (fitting.isEmpty() ? columns : fitting).toArray(RandomColumn[]::new));
        boolean typed = List.of("min", "max", "countDistinct").contains(function);
        boolean extreme = List.of("min", "max").contains(function);
        Kind result = numbers || function.startsWith("count") || (extreme && column.kind() == Kind.NUMBER)
                ? Kind.NUMBER
                : extreme ? column.kind() : Kind.TEXT;
        String output = random.nextInt(8) == 0 ? "m,\"" + number : "m" + number;
        String text = "{function: " + function + ", column: " + yaml(reference(column)) + ", as: " + yaml(output)
                + (typed ? ", type: " + type(column.kind()) : "") + "}";
        return new Measure(output, result, text);
    }

    private String comparison(String column, Kind kind, boolean typed) {
        String value =
                switch (kind) {
                    case NUMBER -> pick(random, "0", "1.0", "-2", "12.5", "3", "1e3", "100");
                    case DATE -> pick(random, "2020-01-01", "2020-01-05", "1999-12-31");
                    case KEY, TEXT -> pick(random, "a", "b", "ab", "", "NULL", "x");
                };
        return "{column: " + yaml(column) + ", operator: " + yaml(pick(random, OPERATORS)) + ", value: " + yaml(value)
                + (typed ? ", type: " + type(kind) : "") + "}";
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case NUMBER -> "decimal";
            case DATE -> "date";
            case KEY, TEXT -> "string";
        };
    }

    private String reference(RandomColumn column) {
        return byPosition && random.nextInt(3) == 0 ? "#" + (columns.indexOf(column) + 1) : column.name();
    }

    private static String list(List<String> texts) {
        return texts.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
