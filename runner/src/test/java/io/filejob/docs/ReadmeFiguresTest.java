package io.filejob.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The figures in the README are those of the benchmarks' last run. */
final class ReadmeFiguresTest {
    /** The headings of the tables in {@code benchmarks/README.md} by the tasks of the README. */
    private static final Map<String, String> HEADINGS = Map.of(
            "min, mean, max of 100 million rows",
            "100,000,000 measurements: min, mean, max by station",
            "20 million quoted rows by 500 keys",
            "20,000,000 quoted rows: count, sum, min, max by key",
            "20 million plays, 15 million groups, sorted",
            "20,000,000 plays: sum by song and date, to a file",
            "average of 1 GB of numbers",
            "Average of the numbers of a file of 1 GB, one to a line",
            "count 500,000 products by name",
            "500,000 products: count by name, to a file",
            "load 500,000 products into PostgreSQL",
            "500,000 products appended to an empty table");

    private static final Pattern ROW =
            Pattern.compile("\\| (?<task>[^|]+) \\| (?<own>[^|]+) \\| (?<others>[^|]+ MB) \\|");
    private static final Pattern FIGURE = Pattern.compile("(?<program>.+) (?<wall>[0-9.]+) s, (?<memory>[0-9]+) MB");

    /** A program in a row of the README, with its wall time in seconds and its peak RSS in megabytes. */
    record Figure(String task, String program, String wall, String memory) {}

    static List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        for (String line :
                MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md")).text()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                for (String cell : ("FileJob " + row.group("own") + "; " + row.group("others")).split("; ", -1)) {
                    Matcher figure = FIGURE.matcher(cell);
                    assertThat(figure.matches()).as(cell).isTrue();
                    figures.add(new Figure(
                            row.group("task"), figure.group("program"), figure.group("wall"), figure.group("memory")));
                }
            }
        }
        assertThat(figures).extracting(Figure::task).containsAll(HEADINGS.keySet());
        return figures;
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyFigureIsThatOfTheLastRun(Figure figure) throws IOException {
        String heading = "### " + HEADINGS.get(figure.task());
        List<String> rows = Files.readAllLines(MarkdownPage.ROOT.resolve("benchmarks/README.md")).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("| " + figure.program() + " |"))
                .toList();

        assertThat(rows).as("%s in %s", figure.program(), heading).hasSize(1);
        String[] cells = rows.getFirst().split(" *\\| *", -1);
        assertThat(cells[3].replaceFirst(" \\(.*", "")).isEqualTo(figure.wall());
        assertThat(cells[4]).isEqualTo(figure.memory());
    }
}
