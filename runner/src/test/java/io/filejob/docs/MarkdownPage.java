package io.filejob.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown document of the project, as GitHub renders it. */
record MarkdownPage(Path file, List<String> text, List<Block> blocks) {
    /** The project's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} .*");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");

    /** A fenced block: the word after the opening fence, the number of its first line, and its lines. */
    record Block(String language, int line, String content) {}

    /** Returns all documents of the project, without build output. */
    static List<MarkdownPage> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", ".git", "node_modules")
                            .noneMatch(folder -> ROOT.relativize(file).startsWith(folder)
                                    || file.toString().contains("/" + folder + "/")))
                    .sorted()
                    .map(MarkdownPage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the documents for users: the README and all pages below {@code docs}. */
    static List<MarkdownPage> forUsers() {
        return all().stream()
                .filter(page ->
                        page.file.equals(ROOT.resolve("README.md")) || page.file.startsWith(ROOT.resolve("docs")))
                .toList();
    }

    static MarkdownPage read(Path file) {
        try {
            List<String> text = new ArrayList<>();
            List<Block> blocks = new ArrayList<>();
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).startsWith("```")) {
                    text.add(lines.get(i));
                    continue;
                }
                int first = i + 1;
                i = first;
                while (!lines.get(i).equals("```")) {
                    i++;
                }
                blocks.add(new Block(
                        lines.get(first - 1).substring(3),
                        first + 1,
                        String.join("\n", lines.subList(first, i)) + "\n"));
            }
            return new MarkdownPage(file, text, blocks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of lines. */
    int lines() {
        return text.size()
                + blocks.stream()
                        .mapToInt(block -> (int) block.content().lines().count() + 2)
                        .sum();
    }

    /** Returns the targets of all links, in order. */
    List<String> links() {
        String joined = CODE_SPAN.matcher(String.join("\n", text)).replaceAll("");
        return LINK.matcher(joined).results().map(link -> link.group(1)).toList();
    }

    /** Returns the anchors of all headings. */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        text.stream().filter(line -> HEADING.matcher(line).matches()).forEach(line -> {
            String anchor = line.replaceFirst("^#+ ", "")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int earlier = counts.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
        });
        return anchors;
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
