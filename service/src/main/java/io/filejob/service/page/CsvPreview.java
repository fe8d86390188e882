package io.filejob.service.page;

import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of a result.
 *
 * @param columns the names of the columns
 * @param rows the rows, as lists of fields
 * @param total the number of all rows; -1 if unknown
 */
record CsvPreview(List<String> columns, List<List<String>> rows, long total) {
    /** The maximum number of rows. */
    private static final int MAX_ROWS = 25;

    /**
     * Reads the beginning of a CSV file that a job has written. {@code text} may end within a record, which is then left
     * out unless {@code isWhole}.
     */
    static CsvPreview parse(String text, boolean isWhole, long total) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length() && records.size() <= MAX_ROWS; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                // Two quotes within a quoted text are one.
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && c == ',') {
                record.add(field.toString());
                field.setLength(0);
            } else if (!quoted && c == '\n') {
                record.add(field.toString());
                field.setLength(0);
                records.add(List.copyOf(record));
                record.clear();
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        if (isWhole && records.size() <= MAX_ROWS && !(record.isEmpty() && field.isEmpty())) {
            record.add(field.toString());
            records.add(List.copyOf(record));
        }
        return records.isEmpty()
                ? new CsvPreview(List.of(), List.of(), total)
                : new CsvPreview(records.getFirst(), records.subList(1, records.size()), total);
    }

    /** Returns the number of rows that are not shown, as a sentence; empty if all are shown. */
    public String rest() {
        return total > rows.size()
                ? "The first " + rows.size() + " of " + Figures.count(total) + " rows."
                : total < 0 ? "The first " + rows.size() + " rows." : "";
    }
}
