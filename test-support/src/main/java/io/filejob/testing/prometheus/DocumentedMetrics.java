package io.filejob.testing.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that {@code docs/reference/metrics.md} lists. */
public final class DocumentedMetrics {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (counter|gauge|histogram) \\|");

    private DocumentedMetrics() {}

    /**
     * Returns a series of each metric below the headings {@code sections}: its name, or that of the count of a histogram.
     * {@code root} is the folder of the project. Throws {@link IllegalArgumentException} if a section has no metrics.
     */
    public static List<String> series(Path root, String... sections) {
        String page;
        try {
            page = Files.readString(root.resolve("docs/reference/metrics.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.of(sections)
                .flatMap(section -> {
                    int begin = page.indexOf("\n## " + section + "\n");
                    int end = page.indexOf("\n## ", begin + 1);
                    List<String> names = ROW.matcher(page.substring(Math.max(0, begin), end < 0 ? page.length() : end))
                            .results()
                            .map(DocumentedMetrics::series)
                            .toList();
                    if (begin < 0 || names.isEmpty()) {
                        throw new IllegalArgumentException("no metrics below " + section);
                    }
                    return names.stream();
                })
                .toList();
    }

    private static String series(MatchResult row) {
        return row.group(2).equals("histogram") ? row.group(1) + "_count" : row.group(1);
    }
}
