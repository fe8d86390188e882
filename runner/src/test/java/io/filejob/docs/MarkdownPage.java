package io.filejob.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown document of the project, as GitHub renders it. */
record MarkdownPage(Path file, List<String> text, List<Block> blocks) {
    /** The project's folder. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} .*");
    private static final Pattern MARK = Pattern.compile("<!-- run: (.*) -->");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");

    /**
     * A fenced block: the word after the opening fence, the places in which its commands run according to the last comment
     * {@code <!-- run: HERE, THERE -->} before it (empty if there is none), and its lines.
     */
    record Block(String language, List<String> places, String content) {}

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
            List<String> places = List.of();
            Iterator<String> lines = Files.readAllLines(file).iterator();
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith("```")) {
                    blocks.add(new Block(line.substring(3), places, fenced(lines)));
                    continue;
                }
                text.add(line);
                Matcher mark = MARK.matcher(line);
                places = mark.matches() ? List.of(mark.group(1).split(", ", -1)) : places;
            }
            return new MarkdownPage(file, text, blocks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fenced(Iterator<String> lines) {
        StringBuilder content = new StringBuilder();
        for (String line = lines.next(); !line.equals("```"); line = lines.next()) {
            content.append(line).append('\n');
        }
        return content.toString();
    }

    /** Returns whether commands of the page run in {@code place}. */
    boolean runsIn(String place) {
        return blocks.stream()
                .anyMatch(
                        block -> block.language().equals("sh") && block.places().contains(place));
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

    /** Returns the inline code, with one blank for each run of white space. */
    List<String> inlineCode() {
        return CODE_SPAN
                .matcher(String.join("\n", text))
                .results()
                .map(span -> span.group()
                        .substring(1, span.group().length() - 1)
                        .strip()
                        .replaceAll("\\s+", " "))
                .toList();
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
