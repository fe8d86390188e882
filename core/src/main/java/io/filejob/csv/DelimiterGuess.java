package io.filejob.csv;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import io.filejob.spec.CsvFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the delimiter of a file by its first records. It depends on nothing but these and the format, and refuses files
 * that several delimiters could divide.
 */
public final class DelimiterGuess {
    /** Number of bytes that are looked at. */
    static final int LENGTH = 1 << 16;

    private static final int MAX_RECORDS = 50;

    private final CsvFormat csv;
    private final Window window;
    private int from;

    private DelimiterGuess(CsvFormat csv, ByteSource source) {
        this.csv = csv;
        this.window = new Window(LENGTH, LENGTH);
        window.open(source);
    }

    /**
     * Returns the delimiter that the first line of {@code stored} announces ({@code sep=;}), or the only one that divides
     * its first records, at most 50 and 64 KiB, into the same number of fields, at least two; nothing if it has no
     * records.
     *
     * @param csv the format of the file but for its delimiter
     * @throws JobFailedException if there is no such delimiter, or several
     */
    public static Optional<Character> of(CsvFormat csv, ByteSource stored) throws IOException {
        CsvDialect dialect = CsvDialect.of(csv);
        return new DelimiterGuess(csv, new PlainText(dialect.leniency()).of(stored)).find(dialect);
    }

    private Optional<Character> find(CsvDialect dialect) throws IOException {
        LinesBefore before = new LinesBefore(window, dialect, LENGTH);
        from = before.skipCounted(FileStart.skipMark(window, LENGTH));
        char announced = before.announced(from);
        if (announced != 0 && Character.toString(announced).matches(CsvFormat.ONE_CHARACTER)) {
            return Optional.of(announced);
        }
        from = window.hold(from, window.base + from + LENGTH);
        List<Character> found = CsvFormat.FOUND_DELIMITERS
                .chars()
                .mapToObj(c -> (char) c)
                .filter(this::isUsable)
                .filter(this::divides)
                .toList();
        if (found.size() == 1) {
            return Optional.of(found.getFirst());
        }
        if (found.isEmpty() && !hasRecords()) {
            return Optional.empty();
        }
        throw new JobFailedException(
                ExitCode.BAD_INPUT,
                window.name() + ": delimiter auto: "
                        + (found.isEmpty()
                                ? "neither commas nor semicolons, tabs and | divide its first records into the same"
                                        + " number of fields, at least two"
                                : "its first records can be divided by "
                                        + found.stream()
                                                .map(DelimiterGuess::shown)
                                                .collect(Collectors.joining(" as well as by ")))
                        + "; name the delimiter");
    }

    /** Returns {@code delimiter} in quotes, as it is written in a manifest. */
    public static String shown(char delimiter) {
        return "\"" + (delimiter == '\t' ? "\\t" : delimiter) + "\"";
    }

    private boolean isUsable(char delimiter) {
        String text = Character.toString(delimiter);
        return !text.equals(csv.quote()) && !text.equals(csv.escape()) && !text.equals(csv.comment());
    }

    private boolean hasRecords() {
        CsvRecord record = record(',');
        int end = end();
        for (int p = from; p < end; p = record.next) {
            if (record.read(window.bytes, p, end, window.atEndOfFile()) != CsvRecord.Extent.WHOLE
                    || (record.end > p && !record.comment)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether {@code delimiter} divides the records as the format says. */
    private boolean divides(char delimiter) {
        CsvRecord record = record(delimiter);
        int columns = csv.columns() == null ? 0 : csv.columns().size();
        int records = 0;
        int end = end();
        boolean isWhole = window.atEndOfFile();
        int p = from;
        while (p < end && records < MAX_RECORDS) {
            CsvRecord.Extent extent = record.read(window.bytes, p, end, isWhole);
            if (extent == CsvRecord.Extent.CUT_OFF) {
                break;
            }
            if (extent == CsvRecord.Extent.UNCLOSED || record.malformed != null) {
                return false;
            }
            if (record.end > p && !record.comment) {
                columns = columns == 0 ? record.fields - (endsEmpty(record) ? 1 : 0) : columns;
                if (columns < 2 || !fits(record, columns)) {
                    return false;
                }
                records++;
            }
            p = record.next;
        }
        return records > 0;
    }

    private boolean fits(CsvRecord record, int columns) {
        return record.fields == columns
                || (record.fields == columns + 1 && endsEmpty(record))
                || (record.fields > 1 && record.fields < columns && Boolean.TRUE.equals(csv.fillMissing()));
    }

    /** Returns whether {@code record} ends with a delimiter that does not count. */
    private boolean endsEmpty(CsvRecord record) {
        int last = Math.min(record.fields, record.begins.length) - 1;
        return Boolean.TRUE.equals(csv.trailingDelimiter()) && record.begins[last] == record.ends[last];
    }

    private CsvRecord record(char delimiter) {
        return new CsvRecord(CsvDialect.of(csv.withFoundDelimiter(delimiter)));
    }

    /** Returns the index after the last byte of text: a Ctrl-Z at the end of the file is not a part of it. */
    private int end() {
        boolean isMarked = window.atEndOfFile() && window.end > from && window.bytes[window.end - 1] == 0x1A;
        return window.end - (isMarked ? 1 : 0);
    }
}
