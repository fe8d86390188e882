package io.filejob.read;

import io.filejob.model.Excerpt;
import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where the columns of files are; keeps the answer for the file asked for last. Not thread-safe. */
final class CsvHeaders {
    /** Messages show so many names of so many characters at most. */
    private static final int MAX_NAMES = 50;

    private static final int MAX_NAME = 100;

    /**
     * What a file's beginning says.
     *
     * @param names of the columns, their numbers where they have none; none in a file without text
     * @param wanted the indexes of the wanted ones, in the order of asking
     * @param end offset of the first record that holds data; the file's size in a file without text
     * @param lines physical line breaks before {@code end}
     */
    // Nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    record Header(List<String> names, int[] wanted, long end, long lines) {
        int columns() {
            return names.size();
        }
    }

    private final CsvDialect dialect;
    private final List<String> wanted;
    private @Nullable String name;
    private Header header = new Header(List.of(), new int[0], 0, 0);

    /** For the columns {@code wanted}: names, or {@code #} and a number from 1. */
    CsvHeaders(CsvDialect dialect, List<String> wanted) {
        this.dialect = dialect;
        this.wanted = List.copyOf(wanted);
    }

    CsvDialect dialect() {
        return dialect;
    }

    /** The name of the wanted column number {@code index}. */
    String wanted(int index) {
        return wanted.get(index);
    }

    /** The header of the window's file. The window is moved only if it is not the file kept from before. */
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
        int p = ByteOrderMark.skip(window, until);
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
            if (extent == CsvRecord.Extent.CUT_OFF
                    || (extent == CsvRecord.Extent.WHOLE && record.end - p > window.recordLimit())) {
                throw bad(window, "header " + window.tooLong());
            }
            if (extent != CsvRecord.Extent.WHOLE) {
                throw bad(window, "its header never ends: is a quote opened there and never closed?");
            }
            if (record.malformed != null) {
                throw bad(window, "its header is malformed: " + record.malformed);
            }
            lines += record.lines(window.bytes, p);
            if (record.end > p && !record.comment) {
                List<String> names = names(window.bytes, record);
                return new Header(names, indexes(window, names), window.base + record.next, lines);
            }
            p = record.next;
        }
        return new Header(List.of(), new int[0], window.size(), lines);
    }

    /** The first record tells how many columns there are, where they have no names. */
    private Header noHeader(Window window, int from, long until) throws IOException {
        if (!dialect.columns().isEmpty()) {
            return new Header(dialect.columns(), indexes(window, dialect.columns()), from, 0);
        }
        CsvRecord record = new CsvRecord(dialect);
        int p = from;
        while (p < window.end || !window.atEndOfFile()) {
            CsvRecord.Extent extent = record.read(window.bytes, p, window.end, window.atEndOfFile());
            if (extent == CsvRecord.Extent.CUT_OFF && window.end <= window.recordLimit()) {
                // The window stays where it is: this record is data, too.
                window.more(0, until);
            } else if (extent != CsvRecord.Extent.WHOLE || (record.end > p && !record.comment)) {
                if (extent != CsvRecord.Extent.WHOLE || record.malformed != null) {
                    throw bad(
                            window,
                            "its first record tells how many columns it has, and is malformed"
                                    + (record.malformed == null
                                            ? ": a quote opened there is never closed"
                                            : ": " + record.malformed));
                }
                List<String> names = IntStream.rangeClosed(1, record.fields)
                        .mapToObj(Integer::toString)
                        .toList();
                return new Header(names, indexes(window, names), from, 0);
            } else {
                p = record.next;
            }
        }
        return new Header(List.of(), new int[0], window.size(), 0);
    }

    private int[] indexes(Window window, List<String> names) {
        return wanted.stream()
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
        if (index < 0) {
            throw bad(window, "no column \"" + column + "\"" + where + quoted(names));
        }
        if (names.lastIndexOf(column) != index) {
            throw bad(window, "two columns \"" + column + "\"" + where + quoted(names));
        }
        return index;
    }

    private List<String> names(byte[] bytes, CsvRecord record) {
        FieldText text = new FieldText(dialect);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.min(record.fields, record.begins.length); i++) {
            text.of(bytes, record.begins[i], record.ends[i]);
            names.add(text.text());
        }
        return names;
    }

    private static String quoted(List<String> names) {
        List<String> shown = names.stream()
                .limit(MAX_NAMES)
                .map(name -> Excerpt.of(name, MAX_NAME))
                .toList();
        String list = "\"" + String.join("\", \"", shown) + "\"";
        return shown.size() < names.size() ? list + " and " + (names.size() - shown.size()) + " more" : list;
    }

    private static JobFailure bad(Window window, String problem) {
        return new JobFailure(ExitCode.BAD_INPUT, window.name() + ": " + problem);
    }
}
