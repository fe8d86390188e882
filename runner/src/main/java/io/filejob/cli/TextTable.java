package io.filejob.cli;

import io.filejob.log.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table of texts for people. Columns of numbers are right-aligned and never cut; texts are cut, and columns at the end
 * left out, until the table has the wanted width.
 */
final class TextTable {
    private static final int GAP = 2;
    /** Texts of at most this width are not cut, in columns of a terminal. */
    private static final int MIN_WIDTH = 8;

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9][0-9,]*(\\.[0-9]+)?");

    private final List<List<String>> rows;
    private final boolean[] isNumber;
    private final int[] widths;
    private final int[] minWidths;
    private final int shown;

    private TextTable(List<List<String>> rows, int width) {
        this.rows = rows;
        int columns = rows.getFirst().size();
        this.isNumber = new boolean[columns];
        this.widths = new int[columns];
        this.minWidths = new int[columns];
        for (int i = 0; i < columns; i++) {
            measure(i);
        }
        this.shown = fitting(width);
        narrow(width);
    }

    /**
     * Returns the lines of a table, {@code header} first, without blanks at their ends.
     *
     * @param rows lists of as many fields as {@code header} has, at least one
     * @param width the maximum width of a line in columns of a terminal, at least 1
     */
    static List<String> lines(List<String> header, List<List<String>> rows, int width) {
        List<List<String>> all = new ArrayList<>();
        all.add(printable(header));
        rows.forEach(row -> all.add(printable(row)));
        return new TextTable(all, width).lines();
    }

    private static List<String> printable(List<String> row) {
        return row.stream().map(Printable::line).toList();
    }

    private void measure(int column) {
        int header = TextWidth.of(rows.getFirst().get(column));
        int fields = 0;
        boolean hasNumber = false;
        boolean hasText = false;
        for (List<String> row : rows.subList(1, rows.size())) {
            String field = row.get(column);
            fields = Math.max(fields, TextWidth.of(field));
            if (NUMBER.matcher(field).matches()) {
                hasNumber = true;
            } else if (!field.isEmpty()) {
                hasText = true;
            }
        }
        isNumber[column] = hasNumber && !hasText;
        widths[column] = Math.max(header, fields);
        minWidths[column] = Math.min(widths[column], isNumber[column] ? Math.max(fields, MIN_WIDTH) : MIN_WIDTH);
    }

    /** Returns the number of columns, at least 1, that can be narrow enough. */
    private int fitting(int width) {
        int used = minWidths[0];
        int number = 1;
        while (number < minWidths.length && used + GAP + minWidths[number] <= width) {
            used += GAP + minWidths[number];
            number++;
        }
        return number;
    }

    /** Makes the widest of the shown columns narrower, again and again. */
    private void narrow(int width) {
        int excess = IntStream.of(widths).limit(shown).sum() + GAP * (shown - 1) - width;
        while (excess-- > 0) {
            int widest = -1;
            for (int i = 0; i < shown; i++) {
                if (widths[i] > minWidths[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < shown; i++) {
                String field = TextWidth.cut(row.get(i), Math.max(1, widths[i]));
                String padding = " ".repeat(Math.max(0, widths[i] - TextWidth.of(field)));
                line.append(" ".repeat(i == 0 ? 0 : GAP)).append(isNumber[i] ? padding + field : field + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        int more = widths.length - shown;
        if (more > 0) {
            lines.add("... and " + more + (more == 1 ? " more column" : " more columns"));
        }
        return lines;
    }
}
