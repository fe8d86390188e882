package io.filejob.read;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of files; keeps the one asked for last. Not thread-safe. */
final class CsvHeaders {
    /**
     * What a header says.
     *
     * @param columns how many there are; 0 in a file without text
     * @param column the index of the wanted one
     * @param end offset of the first record after the header; the file's size in a file without text
     * @param lines physical line breaks before {@code end}
     */
    record Header(int columns, int column, long end, long lines) {}

    private final TextFormat.Csv format;
    private @Nullable String name;
    private Header header = new Header(0, 0, 0, 0);

    CsvHeaders(TextFormat.Csv format) {
        this.format = format;
    }

    TextFormat.Csv format() {
        return format;
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
        CsvRecord record = new CsvRecord(format, -1);
        long lines = 0;
        while (p < window.end || !window.atEndOfFile()) {
            CsvRecord.Extent extent = record.read(window.bytes, p, window.end, window.atEndOfFile());
            if (extent == CsvRecord.Extent.CUT_OFF && window.end - p <= RangeReader.RECORD_LIMIT) {
                window.more(p, until);
                p = 0;
                continue;
            }
            if (extent != CsvRecord.Extent.WHOLE) {
                throw bad(window, "its header never ends: is a quote opened there and never closed?");
            }
            if (record.malformed != null) {
                throw bad(window, "its header is malformed: " + record.malformed);
            }
            lines += record.lines(window.bytes, p);
            if (record.end > p) {
                List<String> names = names(window.bytes, p, record.end, format);
                int column = indexOf(window, names, format.column());
                return new Header(names.size(), column, window.base + record.next, lines);
            }
            p = record.next;
        }
        return new Header(0, 0, window.size(), lines);
    }

    private static int indexOf(Window window, List<String> names, String column) {
        int index = names.indexOf(column);
        if (index < 0) {
            throw bad(window, "no column \"" + column + "\" in its header, which has " + quoted(names));
        }
        if (names.lastIndexOf(column) != index) {
            throw bad(window, "two columns \"" + column + "\" in its header, which has " + quoted(names));
        }
        return index;
    }

    private static List<String> names(byte[] bytes, int from, int to, TextFormat.Csv format) {
        List<String> names = new ArrayList<>();
        boolean within = false;
        int field = from;
        for (int p = from; p < to; p++) {
            within ^= format.quote() != 0 && bytes[p] == format.quote();
            if (!within && bytes[p] == format.delimiter()) {
                names.add(unquoted(bytes, field, p, format.quote()));
                field = p + 1;
            }
        }
        names.add(unquoted(bytes, field, to, format.quote()));
        return names;
    }

    /** The text of a well-formed field. */
    static String unquoted(byte[] bytes, int from, int to, byte quote) {
        if (quote == 0 || from == to || bytes[from] != quote) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        String mark = String.valueOf((char) quote);
        String inner = new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8);
        return inner.replace(mark + mark, mark);
    }

    private static String quoted(List<String> names) {
        int shown = Math.min(names.size(), 50);
        String list = "\"" + String.join("\", \"", names.subList(0, shown)) + "\"";
        return shown < names.size() ? list + " and " + (names.size() - shown) + " more" : list;
    }

    private static JobFailure bad(Window window, String problem) {
        return new JobFailure(ExitCode.BAD_INPUT, window.name() + ": " + problem);
    }
}
