package io.filejob.aggregate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dialect of random files. Texts are {@link ByteText}s. */
public final class RandomDialect {
    /** The source of column names. */
    public enum Naming {
        HEADER,
        COLUMNS,
        NUMBERS
    }

    public final char delimiter;
    /** Empty if there are no quotes; likewise for the following fields. */
    final String quote;

    final String escape;
    final String comment;

    @Nullable
    public final String nullText;

    public final Naming naming;

    private final SplittableRandom random;
    /** Percentage of fields that are quoted without need. */
    private final int quoted;

    public RandomDialect(SplittableRandom random) {
        this.random = random;
        delimiter = pick(random, ',', ',', ';', '\t', '|');
        quote = pick(random, "\"", "\"", "\"", "'", "");
        escape = !quote.isEmpty() && random.nextInt(5) == 0 ? "\\" : "";
        comment = random.nextInt(4) == 0 ? "#" : "";
        nullText = random.nextBoolean() ? null : pick(random, "", "NULL", "-", "n/a");
        naming = pick(random, Naming.HEADER, Naming.HEADER, Naming.HEADER, Naming.COLUMNS, Naming.NUMBERS);
        quoted = random.nextInt(3) * 30;
    }

    @SafeVarargs
    public static <T> T pick(SplittableRandom random, T... from) {
        return from[random.nextInt(from.length)];
    }

    /** Returns the members of {@code csv}. */
    public String csv(List<String> columns) {
        return "delimiter: " + yaml(String.valueOf(delimiter)) + ", quote: " + yaml(quote)
                + (escape.isEmpty() ? "" : ", escape: " + yaml(escape))
                + (comment.isEmpty() ? "" : ", comment: " + yaml(comment))
                + (nullText == null ? "" : ", nullText: " + yaml(nullText))
                + (naming == Naming.HEADER ? "" : ", header: false")
                + (naming != Naming.COLUMNS
                        ? ""
                        : ", columns: "
                                + columns.stream()
                                        .map(RandomDialect::yaml)
                                        .collect(Collectors.joining(", ", "[", "]")));
    }

    /** Returns a text as a YAML scalar. */
    public static String yaml(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\uFEFF", "\\uFEFF")
                + '"';
    }

    /** Returns a field with this text, or a similar one if the dialect cannot represent the text. */
    public String field(String text) {
        boolean needed = text.chars().anyMatch(c -> c == delimiter || c == '\n' || c == '\r')
                || (!quote.isEmpty() && text.contains(quote))
                || (!comment.isEmpty() && text.startsWith(comment));
        if (quote.isEmpty()) {
            return needed ? text.replaceAll("[\r\n" + (delimiter == '|' ? "\\|" : delimiter) + "#]", "_") : text;
        }
        return needed || random.nextInt(100) < quoted ? quoted(text) : text;
    }

    private String quoted(String text) {
        StringBuilder content = new StringBuilder(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isQuote = quote.charAt(0) == c;
            // Splitting a multibyte character is avoided.
            boolean may = c < 0x80 && random.nextInt(isQuote ? 2 : 10) == 0;
            if (!escape.isEmpty() && (escape.charAt(0) == c || may)) {
                content.append(escape);
            } else if (isQuote) {
                content.append(quote);
            }
            content.append(c);
        }
        return content.append(quote).toString();
    }
}
