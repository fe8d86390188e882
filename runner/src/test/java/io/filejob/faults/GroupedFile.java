package io.filejob.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A file of random rows of a certain shape, and its expected aggregation, computed in memory.
 *
 * @param rows the number of rows
 * @param keys the maximum number of different keys
 * @param keyLength bytes of each key
 * @param textLength bytes of each text
 * @param digits digits of each number
 * @param top the number of output rows, 0 for all
 */
record GroupedFile(int rows, int keys, int keyLength, int textLength, int digits, int top) {
    static final String MEASURES = "{function: sum, column: n, as: sum}, {function: max, column: n, as: max},"
            + " {function: min, column: t, type: string, as: least}, {function: last, column: t, as: last},"
            + " {function: countDistinct, column: t, as: texts}, {function: count, as: rows}";

    /** The aggregates of a group. */
    private static final class Group {
        private BigInteger sum = BigInteger.ZERO;
        private BigInteger max = BigInteger.valueOf(-1);
        private String least = "";
        private String last = "";
        private final Set<String> texts = new HashSet<>();
        private long rows;

        void add(BigInteger number, String text) {
            sum = sum.add(number);
            max = max.max(number);
            least = rows == 0 || text.compareTo(least) < 0 ? text : least;
            last = text;
            texts.add(text);
            rows++;
        }
    }

    /** Returns the manifest's spec for {@code in.csv} and {@code out.csv}. */
    String spec(int workers, String memory, String sliceBytes) {
        return String.format(
                Locale.ROOT,
                "workers: %d, memory: %s, input: {files: [in.csv], sliceBytes: %s}, operation: {aggregate: {groupBy: [k], measures: [%s]%s}}, output: {uri: out.csv}",
                workers,
                memory,
                sliceBytes,
                MEASURES,
                top == 0 ? "" : ", top: {by: sum, limit: " + top + "}");
    }

    /** Writes the rows and returns the expected lines of the output. */
    List<String> write(Path file, SplittableRandom random) throws IOException {
        Map<String, Group> groups = new TreeMap<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write("k,n,t\n".getBytes(US_ASCII));
            for (int row = 0; row < rows; row++) {
                String key = text("k", random.nextInt(keys), keyLength);
                BigInteger number = number(random);
                String text = text("t", random.nextInt(keys), textLength);
                groups.computeIfAbsent(key, _ -> new Group()).add(number, text);
                out.write((key + "," + number + "," + text + "\n").getBytes(US_ASCII));
            }
        }
        List<Map.Entry<String, Group>> ordered = new ArrayList<>(groups.entrySet());
        if (top > 0) {
            ordered.sort(Comparator.comparing((Map.Entry<String, Group> entry) -> entry.getValue().sum)
                    .reversed()
                    .thenComparing(Map.Entry::getKey));
            ordered = ordered.subList(0, Math.min(top, ordered.size()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("k,sum,max,least,last,texts,rows");
        for (Map.Entry<String, Group> entry : ordered) {
            Group group = entry.getValue();
            lines.add(String.join(
                    ",",
                    entry.getKey(),
                    group.sum.toString(),
                    group.max.toString(),
                    group.least,
                    group.last,
                    Integer.toString(group.texts.size()),
                    Long.toString(group.rows)));
        }
        return lines;
    }

    private BigInteger number(SplittableRandom random) {
        StringBuilder text = new StringBuilder().append(1 + random.nextInt(9));
        for (int i = 1; i < digits; i++) {
            text.append(random.nextInt(10));
        }
        return new BigInteger(text.toString());
    }

    /** Returns a text of {@code length}; long texts differ only at their ends. */
    private static String text(String prefix, int number, int length) {
        String end = prefix + number;
        return "x".repeat(Math.max(0, length - end.length())) + end;
    }
}
