package io.filejob.e2e;

import io.filejob.status.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Generates files of fictitious products, the same each time, and computes the expected results row by row. */
final class Products {
    /** Number of valid rows. */
    static final int USED = 60_000;
    /** Number of invalid records. */
    static final int BAD = 9;

    private static final int FILES = 3;
    /** Parts of names and descriptions; many of them are special characters in CSV or PostgreSQL. */
    private static final List<String> WORDS = List.of(
            "lamp",
            "door, left",
            "5' 8\"",
            "\"spare\"",
            "shelf\n(oak)",
            "wine\r\nrack",
            "câble",
            "日本",
            "\\N",
            "\\.",
            "NULL",
            "50 %",
            "\t",
            "made by hand",
            "");

    private final SplittableRandom random = new SplittableRandom(11);
    private final TreeMap<String, List<String>> table = new TreeMap<>();
    private final List<String> bad = new ArrayList<>();

    private Products() {}

    /** Writes {@code products-0.csv} and so on, several megabytes, into {@code folder}. */
    static Products in(Path folder) throws IOException {
        Products products = new Products();
        for (int file = 0; file < FILES; file++) {
            String name = "products-" + file + ".csv";
            Files.writeString(folder.resolve(name), products.file(name));
        }
        return products;
    }

    private String file(String name) {
        int rows = USED / FILES;
        int goodForOneBad = rows / (BAD / FILES);
        StringBuilder text = new StringBuilder("sku,name,description\n");
        int at = 0;
        long line = 1;
        for (int row = 0; row < rows; row++) {
            good(text);
            if (row % goodForOneBad == goodForOneBad / 2) {
                line += text.substring(at).chars().filter(c -> c == '\n').count();
                at = text.length();
                bad.add("/data/" + name + ":" + line);
                bad(text);
            }
        }
        return text.toString();
    }

    /** About every third sku is a repetition, with the same values or, mostly, others. */
    private void good(StringBuilder text) {
        String sku = String.format(Locale.ROOT, "sku-%06d", random.nextInt(USED));
        List<String> before = table.get(sku);
        List<String> row =
                before != null && random.nextInt(4) == 0 ? before : List.of(sku, words(2), words(random.nextInt(20)));
        table.put(sku, row);
        text.append(row.stream().map(this::field).collect(Collectors.joining(",")))
                .append('\n');
    }

    /** A record without a description, one with too many fields, and one that is valid CSV. */
    private void bad(StringBuilder text) {
        text.append(
                switch (bad.size() % 3) {
                    case 0 -> "bad,\"only\ntwo\"\n";
                    case 1 -> "bad,one,two,three\n";
                    default -> "bad,one,t\0o\n";
                });
    }

    private String words(int number) {
        return random.ints(number, 0, WORDS.size()).mapToObj(WORDS::get).collect(Collectors.joining(" "));
    }

    private String field(String value) {
        boolean needed = value.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return needed || random.nextBoolean() ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    /** Returns the table by sku, with the last version of each product. */
    List<List<String>> table() {
        return List.copyOf(table.values());
    }

    /** Returns the number of products in the table for each name. */
    List<List<String>> byName() {
        return table.values().stream()
                .collect(Collectors.groupingBy(row -> row.get(1), Collectors.counting()))
                .entrySet()
                .stream()
                .map(group -> List.of(group.getKey(), String.valueOf(group.getValue())))
                .toList();
    }

    /** Returns the positions of the bad records as {@code FILE:LINE}, with the path on the volume. */
    List<String> bad() {
        return List.copyOf(bad);
    }

    /** Returns the counts of a job that loads into an empty table. */
    JobResult allNew() {
        return JobResult.ofRows(table.size(), 0, 0, 0, superseded()).digested();
    }

    /** Returns the counts of a job that loads into a table that contains all products. */
    JobResult allKnown() {
        return JobResult.ofRows(0, 0, table.size(), 0, superseded()).digested();
    }

    private int superseded() {
        return USED - table.size();
    }
}
