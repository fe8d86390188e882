package io.filejob.aggregate;

import static io.filejob.aggregate.RandomDialect.pick;

import io.filejob.aggregate.RandomDialect.Naming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Random CSV files with the same columns, well-formed or not. */
final class RandomFiles {
    private static final String[] BREAKS = {"\n", "\r\n", "\r"};
    private static final String MARK = ByteText.of("\uFEFF");

    private final SplittableRandom random;
    private final RandomDialect dialect;
    private final List<RandomColumn> columns;
    private final boolean shuffled;
    /** Percentage of odd rows or fields. */
    private final int odd;

    /** Creates files; if {@code shuffled}, each file has its own column order and additional columns. */
    RandomFiles(SplittableRandom random, RandomDialect dialect, List<RandomColumn> columns, boolean shuffled) {
        this.random = random;
        this.dialect = dialect;
        this.columns = columns;
        this.shuffled = shuffled;
        this.odd = random.nextInt(3) * 4;
    }

    List<String> some() {
        List<String> files = new ArrayList<>();
        int number = 1 + random.nextInt(4);
        for (int i = 0; i < number; i++) {
            files.add(random.nextInt(7) == 0 ? nothing() : file());
        }
        return files;
    }

    private String nothing() {
        String text = pick(random, "", MARK, "\n", "\r\n\r\r\n", MARK + "\n\n");
        return dialect.comment.isEmpty() || random.nextBoolean()
                ? text
                : text + "\n#nothing, \"\n" + text.replace(MARK, "");
    }

    private String file() {
        List<RandomColumn> mine = new ArrayList<>(columns);
        if (shuffled) {
            mine.add(new RandomColumn("other", RandomColumn.Kind.TEXT));
            mine.add(new RandomColumn(random.nextBoolean() ? "other" : "more", RandomColumn.Kind.NUMBER));
            Collections.shuffle(mine, new Random(random.nextLong()));
        }
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? MARK : "");
        String usualBreak = pick(random, BREAKS);
        if (!dialect.comment.isEmpty() && random.nextBoolean()) {
            text.append("#before \"the header").append(usualBreak);
        }
        text.append(random.nextInt(5) == 0 ? pick(random, BREAKS) : "");
        if (dialect.naming == Naming.HEADER) {
            text.append(mine.stream()
                            .map(column -> dialect.field(RandomColumn.bytes(column.name())))
                            .collect(Collectors.joining(String.valueOf(dialect.delimiter))))
                    .append(random.nextInt(10) == 0 ? "" : usualBreak);
        }
        if (dialect.naming == Naming.HEADER && !text.toString().endsWith(usualBreak)) {
            return text.toString();
        }
        int rows = random.nextInt(3) == 0 ? random.nextInt(60) : random.nextInt(15);
        int neverClosed = random.nextInt(12) == 0 ? 1 + random.nextInt(20) : -1;
        for (int i = 0; i < rows; i++) {
            // The first record determines the number of columns, and an empty row would not be a record.
            boolean resultDefiningPart = i == 0 || (dialect.naming == Naming.NUMBERS && mine.size() == 1);
            int oddness = resultDefiningPart ? 0 : odd;
            text.append(i == neverClosed ? dialect.quote : "");
            text.append(row(mine, oddness));
            boolean broken = i == rows - 1 && random.nextInt(3) == 0;
            text.append(broken ? "" : random.nextInt(100) < oddness ? pick(random, BREAKS) : usualBreak);
            if (!broken && random.nextInt(100) < oddness) {
                text.append(dialect.comment.isEmpty() ? pick(random, BREAKS) : "#a \"comment, " + usualBreak);
            }
        }
        return text.toString();
    }

    private String row(List<RandomColumn> mine, int oddness) {
        List<String> fields = new ArrayList<>();
        for (RandomColumn column : mine) {
            boolean isNull = dialect.nullText != null && random.nextInt(100) < 12;
            fields.add(isNull ? String.valueOf(dialect.nullText) : dialect.field(column.text(random, oddness)));
        }
        if (random.nextInt(200) < oddness) {
            fields.add("too many");
        }
        if (random.nextInt(200) < oddness) {
            fields.removeLast();
        }
        if (random.nextInt(200) < oddness && !fields.isEmpty()) {
            String bad = pick(random, "x\"y", "\"a\"b", "\"a\" ", " \"a\"", "\"a\"\"\"\"b", "x\"")
                    .replace("\"", dialect.quote);
            fields.set(random.nextInt(fields.size()), bad);
        }
        return String.join(String.valueOf(dialect.delimiter), fields);
    }
}
