package io.filejob.aggregate;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes CSV in the output's format: commas, double quotes where needed, a line feed after each record. */
final class CsvText {
    private CsvText() {}

    /** Returns one record; {@code nullText} is the text for null in the input, if there is one. */
    static String line(List<Cell> cells, @Nullable String nullText) {
        if (cells.size() == 1 && "".equals(cells.getFirst().text())) {
            // A blank line would not be a record.
            return "\"\"\n";
        }
        return cells.stream().map(cell -> field(cell, nullText)).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(Cell cell, @Nullable String nullText) {
        if (cell.isNull()) {
            return nullText == null ? "" : nullText;
        }
        String text = cell.value();
        boolean needed = text.equals(nullText) || text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
