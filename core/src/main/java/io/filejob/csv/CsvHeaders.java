package io.filejob.csv;

import io.filejob.bytes.Utf8;
import io.filejob.failure.Excerpt;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the columns of files; caches the header of the file requested last. Not thread-safe. */
final class CsvHeaders {
    /** Messages show at most this many names, each with at most {@link #MAX_NAME} characters. */
    private static final int MAX_NAMES = 50;

    private static final int MAX_NAME = 100;

    /**
     * The header of a file.
     *
     * @param names names of the columns, their numbers if they have no names; empty for a file without text
     * @param wanted indexes of the wanted columns, in the requested order
     * @param end offset of the first data record; the file's size for a file without text
     * @param lines physical line breaks before {@code end}
     */
    // Headers are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Header(List<String> names, int[] wanted, long end, long lines) {
        int columns() {
            return names.size();
        }
    }

    private final CsvDialect dialect;
    private final List<String> wanted;
    private final boolean all;
    private final HeaderCheck check;
    private @Nullable String name;
    private @Nullable String notUtf8;
    private Header header = new Header(List.of(), new int[0], 0, 0);

    /** Looks for the columns {@code wanted}, each given by its name or as {@code #} and a number from 1. */
    CsvHeaders(CsvDialect dialect, List<String> wanted, HeaderCheck check) {
        this(dialect, wanted, false, check);
    }

    /** Looks for all columns of each file. */
    static CsvHeaders ofAll(CsvDialect dialect) {
        return new CsvHeaders(dialect, List.of(), true, HeaderCheck.NONE);
    }

    private CsvHeaders(CsvDialect dialect, List<String> wanted, boolean all, HeaderCheck check) {
        this.dialect = dialect;
        this.all = all;
        this.wanted = List.copyOf(wanted);
        this.check = check;
    }

    CsvDialect dialect() {
        return dialect;
    }

    /** Returns the name of the wanted column with this index. */
    String wanted(int index) {
        return all ? header.names().get(index) : wanted.get(index);
    }

    /** Returns the header of the window's file. The window moves only if the cached header belongs to another file. */
    Header of(Window window, long until) throws IOException {
        if (!window.name().equals(name)) {
            name = null;
            header = read(window, until);
            name = window.name();
        }
        return header;
    }

    private Header read(Window window, long until) throws IOException {
        window.seek(0);
        int p = FileStart.skipMark(window, until);
        return dialect.header() ? header(window, p, until) : noHeader(window, p, until);
    }

    private Header header(Window window, int from, long until) throws IOException {
        CsvRecord record = new CsvRecord(dialect);
        long lines = 0;
        int p = from;
        while (p < window.end || !window.atEndOfFile()) {
            int edge = window.reach(p);
            CsvRecord.Extent extent = record.read(window.bytes, p, edge, window.endsAt(edge));
            if (extent == CsvRecord.Extent.CUT_OFF && window.end - p <= window.recordLimit()) {
                window.more(p, until);
                p = 0;
                continue;
            }
            boolean tooLong = extent == CsvRecord.Extent.WHOLE && record.end - p > window.recordLimit();
            if (tooLong || extent != CsvRecord.Extent.WHOLE || record.malformed != null) {
                throw malformed(window, p, lines, record, tooLong ? CsvRecord.Extent.CUT_OFF : extent, "its header");
            }
            lines += record.lines(window.bytes, p);
            if (record.end > p && !record.comment) {
                List<String> names = names(window, p, record);
                int[] indexes = indexes(window, names);
                if (wanted.stream().noneMatch(names::contains)) {
                    check.check(window.name(), names);
                }
                return new Header(names, indexes, window.base + record.next, lines);
            }
            p = record.next;
        }
        return new Header(List.of(), new int[0], window.size(), lines);
    }

    /** Takes the number of columns from the first record if they have no names. */
    private Header noHeader(Window window, int from, long until) throws IOException {
        if (!dialect.columns().isEmpty()) {
            return new Header(dialect.columns(), indexes(window, dialect.columns()), from, 0);
        }
        CsvRecord record = new CsvRecord(dialect);
        long lines = 0;
        int p = from;
        while (p < window.end || !window.atEndOfFile()) {
            CsvRecord.Extent extent = record.read(window.bytes, p, window.end, window.atEndOfFile());
            if (extent == CsvRecord.Extent.CUT_OFF && window.end <= window.recordLimit()) {
                // The window keeps its position because this record is data, too.
                window.more(0, until);
            } else if (extent != CsvRecord.Extent.WHOLE || (record.end > p && !record.comment)) {
                if (extent != CsvRecord.Extent.WHOLE || record.malformed != null) {
                    throw malformed(
                            window, p, lines, record, extent, "its first record, which tells how many columns it has,");
                }
                List<String> names = IntStream.rangeClosed(1, record.fields)
                        .mapToObj(Integer::toString)
                        .toList();
                return new Header(names, indexes(window, names), from, 0);
            } else {
                lines += record.lines(window.bytes, p);
                p = record.next;
            }
        }
        return new Header(List.of(), new int[0], window.size(), 0);
    }

    private int[] indexes(Window window, List<String> names) {
        return all
                ? IntStream.range(0, names.size()).toArray()
                : wanted.stream()
                        .mapToInt(column -> indexOf(window, names, column))
                        .toArray();
    }

    private int indexOf(Window window, List<String> names, String column) {
        int index = names.indexOf(column);
        if (index < 0 && column.matches("#[1-9][0-9]{0,5}")) {
            index = Integer.parseInt(column, 1, column.length(), 10) - 1;
            if (index < names.size()) {
                return index;
            }
            throw bad(window, "no column " + column + ": it has " + names.size());
        }
        String where = dialect.header() ? " in its header, which has " : ": it has ";
        if (names.indexOf(column) != names.lastIndexOf(column) || index < 0) {
            checkUtf8(window);
        }
        if (index < 0) {
            throw bad(window, "no column \"" + column + "\"" + where + quoted(names));
        }
        if (names.lastIndexOf(column) != index) {
            throw bad(window, "two columns \"" + column + "\"" + where + quoted(names));
        }
        return index;
    }

    private List<String> names(Window window, int from, CsvRecord record) {
        byte[] bytes = window.bytes;
        int control = BinaryFormat.control(bytes, from, record.end);
        if (control >= 0) {
            throw bad(
                    window,
                    "its header is not text: it has the control character 0x%02X at byte %d; is the file another format than CSV?"
                            .formatted(bytes[control], window.base + control));
        }
        FieldText text = new FieldText(dialect);
        List<String> names = new ArrayList<>();
        notUtf8 = null;
        for (int i = 0; i < Math.min(record.fields, record.begins.length); i++) {
            text.of(bytes, record.begins[i], record.ends[i]);
            int bad = Utf8.firstInvalid(text.bytes, text.from, text.to);
            if (bad < text.to && notUtf8 == null) {
                notUtf8 =
                        "its header is not UTF-8 (byte 0x%02X in column %d): convert the file first, for example with iconv"
                                .formatted(text.bytes[bad], i + 1);
            }
            names.add(text.text());
        }
        return names;
    }

    /** Throws {@link JobFailedException} if the header read last contains names that are not valid UTF-8. */
    void checkUtf8(Window window) {
        if (notUtf8 != null) {
            throw bad(window, notUtf8);
        }
    }

    /** Returns the failure for a malformed record at {@code from} without which the rest of the file cannot be read. */
    private JobFailedException malformed(
            Window window, int from, long linesBefore, CsvRecord record, CsvRecord.Extent extent, String what) {
        long line = linesBefore + 1;
        String reason = record.malformed;
        if (reason == null || extent == CsvRecord.Extent.CUT_OFF) {
            int opened = Math.max(from, record.quoteOpened);
            line += LineBreaks.count(window.bytes, from, opened);
            reason = extent == CsvRecord.Extent.UNCLOSED ? "quote opened here is never closed" : window.tooLong();
        }
        return new JobFailedException(
                ExitCode.BAD_INPUT, window.name() + ":" + line + ": " + what + " is malformed: " + reason);
    }

    private static String quoted(List<String> names) {
        List<String> shown = names.stream()
                .limit(MAX_NAMES)
                .map(name -> Excerpt.of(name, MAX_NAME))
                .toList();
        String list = "\"" + String.join("\", \"", shown) + "\"";
        return shown.size() < names.size() ? list + " and " + (names.size() - shown.size()) + " more" : list;
    }

    private static JobFailedException bad(Window window, String problem) {
        return new JobFailedException(ExitCode.BAD_INPUT, window.name() + ": " + problem);
    }
}
