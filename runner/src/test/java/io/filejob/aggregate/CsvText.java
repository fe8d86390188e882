package io.filejob.aggregate;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CSV as it is put out: commas, double quotes where they are needed, a line feed after each record. */
final class CsvText {
    private CsvText() {}

    /** One record; {@code nullText} is what stands for null in the input, if anything does. */
    static String line(List<Cell> cells, @Nullable String nullText) {
        if (cells.size() == 1 && "".equals(cells.getFirst().text())) {
            // A blank line is no record.
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
