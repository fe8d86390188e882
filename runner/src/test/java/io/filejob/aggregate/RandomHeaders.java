package io.filejob.aggregate;

import static io.filejob.aggregate.RandomDialect.pick;

import io.filejob.aggregate.RandomDialect.Naming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random files with headers that often lack, repeat or disguise the columns of an aggregation. */
final class RandomHeaders {
    private static final String[] NAMES = {
        "a", "A", " a", "a ", "b", "", "#1", "#2", "1", "2", "\u00E9", "e\u0301", "x\"y", "c\nd", "NULL", "#",
        "\uFEFFa", "'a'"
    };
    private static final String[] BREAKS = {"\n", "\n", "\r\n", "\r"};
    private static final String MARK = ByteText.of("\uFEFF");
    /** More than any buffer for the beginning of a file. */
    private static final int LONG = 600_000;

    private final SplittableRandom random;
    private final RandomDialect dialect;
    private final List<String> usual = new ArrayList<>();

    private RandomHeaders(SplittableRandom random) {
        this.random = random;
        this.dialect = new RandomDialect(random);
        for (int i = random.nextInt(4); i >= 0; i--) {
            usual.add(pick(random, NAMES));
        }
    }

    static Fixture fixture(SplittableRandom random) {
        RandomHeaders headers = new RandomHeaders(random);
        List<String> files = new ArrayList<>();
        List<String> packing = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            files.add(headers.file(files.isEmpty()));
            packing.add(pick(random, "", "", "", ".gz", ".zst"));
        }
        List<String> columns = headers.usual.stream()
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
        if (columns.isEmpty() && headers.dialect.naming == Naming.COLUMNS) {
            columns = List.of("a");
        }
        return new Fixture(headers.dialect.csv(columns), headers.aggregate(), headers.rest(), files, packing);
    }

    private String aggregate() {
        List<String> keys = Stream.generate(this::reference)
                .limit(random.nextInt(3))
                .distinct()
                .toList();
        List<String> measures = new ArrayList<>(List.of("{function: count, as: n}"));
        for (int i = random.nextInt(3); i > 0; i--) {
            measures.add("{function: " + pick(random, "countDistinct", "first", "last") + ", column: "
                    + RandomDialect.yaml(reference()) + ", as: m" + i + "}");
        }
        String where = random.nextInt(4) > 0
                ? ""
                : ", where: [{column: " + RandomDialect.yaml(reference()) + ", operator: \"!=\", value: u}]";
        return "groupBy: "
                + keys.stream().map(RandomDialect::yaml).collect(Collectors.joining(", ", "[", "]")) + ", measures: "
                + String.join(", ", measures).transform(all -> "[" + all + "]") + where;
    }

    /** Returns a column of the usual header by its name or position, or another column. */
    private String reference() {
        int column = random.nextInt(usual.size());
        String name = random.nextInt(8) == 0 ? pick(random, NAMES) : usual.get(column);
        boolean isPosition = random.nextInt(3) == 0 || name.isBlank() || dialect.naming == Naming.NUMBERS;
        return isPosition ? "#" + (1 + (random.nextInt(20) == 0 ? usual.size() : column)) : name;
    }

    private String rest() {
        return "output: {uri: " + Fixture.OUTPUT + "}"
                + (random.nextInt(4) == 0 ? "" : ", onBadRecord: skip, rejects: {uri: " + Fixture.REJECTS + "}");
    }

    private String file(boolean isFirst) {
        String lineBreak = pick(random, BREAKS);
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? MARK.repeat(1 + random.nextInt(2)) : "");
        if (random.nextInt(9) == 0) {
            return text.append(pick(random, "", "\n", "\r\n\r")).toString();
        }
        text.append(random.nextInt(6) == 0 ? lineBreak : "");
        text.append(random.nextInt(6) == 0 && !dialect.comment.isEmpty() ? "#c,\"" + lineBreak : "");
        List<String> header = header(isFirst);
        if (dialect.naming == Naming.HEADER && (isFirst || random.nextInt(8) > 0)) {
            text.append(spoilt(line(header.stream().map(ByteText::of).toList())));
            if (random.nextInt(9) == 0) {
                return text.toString();
            }
            text.append(lineBreak);
        }
        for (int row = random.nextInt(9); row > 0; row--) {
            List<String> fields = header.stream()
                    .map(_ -> pick(random, "u", "v", "w", "1", "a", "\u00C3\u00A9"))
                    .collect(Collectors.toCollection(ArrayList::new));
            if (random.nextInt(20) == 0) {
                fields.add("more");
            }
            text.append(line(fields)).append(lineBreak);
        }
        return text.toString();
    }

    private String line(List<String> fields) {
        return fields.stream().map(dialect::field).collect(Collectors.joining(String.valueOf(dialect.delimiter)));
    }

    /** Returns the header of a file: usually that of the other files, with few changes. */
    private List<String> header(boolean isFirst) {
        List<String> header = new ArrayList<>(usual);
        if (dialect.naming != Naming.HEADER || (isFirst ? random.nextInt(3) > 0 : random.nextInt(2) > 0)) {
            return header;
        }
        int at = random.nextInt(header.size());
        switch (random.nextInt(8)) {
            case 0 -> header.remove(at);
            case 1 -> header.add(at, pick(random, NAMES));
            case 2 -> header.add(header.get(at));
            case 3 -> header.set(at, header.get(at).toUpperCase(java.util.Locale.ROOT));
            case 4 -> header.set(at, "");
            case 5 -> header.add(at, "n".repeat(random.nextInt(3) == 0 ? LONG : 300));
            default -> Collections.shuffle(header, new Random(random.nextLong()));
        }
        return header;
    }

    /** Returns a header, which is malformed in a few cases. */
    private String spoilt(String header) {
        return switch (random.nextInt(25)) {
            case 0 -> dialect.quote + header;
            case 1 -> header + dialect.quote;
            case 2 -> header + dialect.delimiter + dialect.quote + "open";
            case 3 -> header + dialect.delimiter + dialect.quote + "a" + dialect.quote + "b";
            case 4 -> header + dialect.delimiter + "\u00FF";
            case 5 -> header + "\u0001";
            default -> header;
        };
    }
}
