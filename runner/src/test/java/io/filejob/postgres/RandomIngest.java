package io.filejob.postgres;

import static io.filejob.aggregate.RandomDialect.pick;

import io.filejob.aggregate.ByteText;
import io.filejob.aggregate.RandomDialect;
import io.filejob.aggregate.RandomDialect.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An ingest of random products, well-formed or not, in a random dialect, and the initial rows of its table. */
final class RandomIngest {
    /** The table's columns; the last one is an integer. */
    static final List<String> COLUMNS = List.of("sku", "name", "description", "price");

    private static final String[] NAMES = {
        "Lamp",
        "lamp",
        "Bolt \"M8\"",
        "",
        "Öko",
        "a,b",
        "a;b|c\td",
        "two\nlines",
        "\\",
        "\\.",
        "NULL",
        "-",
        "it's",
        "🪑"
    };
    private static final String[] TEXTS = {
        "",
        "plain",
        "\\.",
        "\\N",
        "a\n\\.\nb",
        "a\r\n\\.\r\nb",
        "\n1,2,3,4\n",
        "\"",
        "\"\"",
        "'",
        "\r",
        "\n\n\n",
        "NULL",
        "n/a",
        "x\\\"y",
        "longer than one block of sixty-four bytes, \"quoted\", if you count it\nand more",
        "#no comment"
    };
    private static final String[] PRICES = {"0", "7", "-12", "2147483647"};
    private static final String[] BAD_PRICES = {"", "abc", "1.5", "2147483648", "1\n2", "\"7"};
    private static final String[] BREAKS = {"\n", "\r\n", "\r"};

    final RandomDialect dialect;
    final String mode;
    final List<String> keys;
    final String onConflict;
    final String duplicates;
    /** Contents of the files, as {@link ByteText}s. */
    final List<String> files = new ArrayList<>();
    /** Initial rows of the table. */
    final List<List<@Nullable String>> before = new ArrayList<>();

    private final SplittableRandom random;
    private final int odd;
    private final int skus;

    RandomIngest(SplittableRandom random) {
        this.random = random;
        dialect = new RandomDialect(random);
        mode = pick(random, "upsert", "upsert", "upsert", "append", "replace");
        boolean keyed = mode.equals("upsert") || (mode.equals("replace") && random.nextBoolean());
        keys = !keyed ? List.of() : pick(random, List.of("sku"), List.of("sku", "name"), List.of("name", "sku"));
        onConflict = mode.equals("upsert") ? pick(random, "", "update", "ignore", "ignore", "error") : "";
        duplicates = keyed ? pick(random, "", "last", "first", "first", "error") : "";
        odd = random.nextInt(3) * 5;
        skus = 1 + random.nextInt(80);
        int number = 1 + random.nextInt(4);
        for (int i = 0; i < number; i++) {
            files.add(random.nextInt(8) == 0 ? pick(random, "", "\n", "\r\n\r") : file());
        }
        rowsBefore();
    }

    /** Returns the members of {@code ingest}. */
    String ingest() {
        List<String> columns = new ArrayList<>();
        for (int i : random.nextBoolean() ? new int[] {0, 1, 2, 3} : new int[] {3, 1, 0, 2}) {
            String column = COLUMNS.get(i);
            columns.add(
                    dialect.naming == Naming.NUMBERS || random.nextInt(4) == 0
                            ? "{from: \"#" + (i + 1) + "\", to: " + column + "}"
                            : "{from: " + column + "}");
        }
        return "table: products, mode: " + mode + (keys.isEmpty() ? "" : ", keys: " + keys)
                + (onConflict.isEmpty() ? "" : ", onConflict: " + onConflict)
                + (duplicates.isEmpty() ? "" : ", duplicates: " + duplicates)
                + ", columns: " + columns;
    }

    /** Returns the members of {@code csv}. */
    String csv() {
        return dialect.csv(COLUMNS);
    }

    private void rowsBefore() {
        int number = random.nextInt(30);
        for (int i = 0; i < number; i++) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(keys.isEmpty() || keys.size() > 1 ? sku() : "sku-" + i);
            row.add(keys.size() > 1 ? "n" + i : pick(random, NAMES));
            row.add(random.nextInt(10) == 0 ? null : pick(random, TEXTS));
            row.add(pick(random, PRICES));
            before.add(row);
        }
    }

    private String sku() {
        return "sku-" + random.nextInt(skus);
    }

    private String file() {
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? ByteText.of("\uFEFF") : "");
        String usualBreak = pick(random, BREAKS);
        if (dialect.naming == Naming.HEADER) {
            text.append(COLUMNS.stream().map(dialect::field).collect(Collectors.joining(delimiter())))
                    .append(usualBreak);
        }
        int rows = random.nextInt(3) == 0 ? random.nextInt(120) : random.nextInt(20);
        List<String> good = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            boolean again = !good.isEmpty() && random.nextInt(6) == 0;
            // The first record determines the number of columns.
            boolean bad = i > 0 && random.nextInt(100) < odd;
            String row = bad ? badRow() : again ? pick(random, good.toArray(String[]::new)) : row();
            if (!bad) {
                good.add(row);
            }
            boolean broken = i == rows - 1 && random.nextInt(3) == 0;
            text.append(row).append(broken ? "" : random.nextInt(20) == 0 ? pick(random, BREAKS) : usualBreak);
        }
        return text.toString();
    }

    private String row() {
        return line(List.of(sku(), pick(random, NAMES), text(), pick(random, PRICES)));
    }

    private String text() {
        return pick(random, TEXTS);
    }

    private String badRow() {
        List<String> fields = new ArrayList<>(List.of(sku(), pick(random, NAMES), text(), pick(random, PRICES)));
        int column = random.nextInt(3);
        switch (random.nextInt(6)) {
            case 0 -> fields.add("too many");
            case 1 -> fields.removeLast();
            case 2 -> fields.set(column, fields.get(column) + "\u0000");
            case 3 -> {
                return line(fields).replaceFirst("sku", "s\u00FFu");
            }
            default -> fields.set(3, pick(random, BAD_PRICES));
        }
        return line(fields);
    }

    private String line(List<String> fields) {
        return IntStream.range(0, fields.size())
                .mapToObj(i -> isNull(i) ? String.valueOf(dialect.nullText) : dialect.field(ByteText.of(fields.get(i))))
                .collect(Collectors.joining(delimiter()));
    }

    private String delimiter() {
        return String.valueOf(dialect.delimiter);
    }

    private boolean isNull(int column) {
        return dialect.nullText != null && random.nextInt(column == 2 ? 8 : 60) == 0;
    }

    /** Returns a description for messages. */
    String describe() {
        return "csv {" + csv() + "}, mode " + mode + ", keys " + keys + ", onConflict " + onConflict + ", duplicates "
                + duplicates + ", before " + before + "\n"
                + files.stream().map(ByteText::decode).collect(Collectors.joining("\n----\n"));
    }
}
