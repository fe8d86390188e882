package io.filejob.csv;

import io.filejob.bytes.Utf8;
import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the columns of files; caches the header of the file requested last. Not thread-safe. */
final class CsvHeaders {
    /**
     * The header of a file.
     *
     * @param names names of the columns, their numbers if they have no names; empty for a file without text
     * @param wanted indexes of the wanted columns that the file has, in the requested order
     * @param sources for each requested column its index in {@code wanted}, or -1 if the file lacks it
     * @param end offset of the first data record; the file's size for a file without text
     * @param lines physical line breaks before {@code end}
     */
    // Headers are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Header(List<String> names, int[] wanted, int[] sources, long end, long lines) {
        /** Creates the header for {@code requested}, the indexes of all requested columns, -1 for absent ones. */
        static Header of(List<String> names, int[] requested, long end, long lines) {
            int[] sources = new int[requested.length];
            int present = 0;
            for (int i = 0; i < requested.length; i++) {
                sources[i] = requested[i] < 0 ? -1 : present++;
            }
            int[] wanted = Arrays.stream(requested).filter(index -> index >= 0).toArray();
            return new Header(names, wanted, sources, end, lines);
        }

        int columns() {
            return names.size();
        }
    }

    private final CsvDialect dialect;
    private final List<String> wanted;
    private final boolean all;
    private final HeaderCheck check;
    private final ColumnLookup lookup;
    private @Nullable String name;
    private @Nullable String notUtf8;
    private Header header = Header.of(List.of(), new int[0], 0, 0);

    /** Looks for the columns {@code wanted}, each given by its name or as {@code #} and a number from 1. */
    CsvHeaders(CsvDialect dialect, List<String> wanted, HeaderCheck check) {
        this(dialect, wanted, false, check);
    }

    /** Looks for all columns of each file. */
    static CsvHeaders ofAll(CsvDialect dialect) {
        return new CsvHeaders(dialect, List.of(), true, HeaderCheck.NONE);
    }

    private CsvHeaders(CsvDialect dialect, List<String> wanted, boolean all, HeaderCheck check) {
        if (dialect.delimiter() == 0) {
            throw new IllegalStateException("files are read before their delimiter is found");
        }
        this.dialect = dialect;
        this.all = all;
        this.wanted = List.copyOf(wanted);
        this.check = check;
        this.lookup = new ColumnLookup(dialect);
    }

    CsvDialect dialect() {
        return dialect;
    }

    /** Returns the name of the wanted column with this index. */
    String wanted(int index) {
        return all ? header.names().get(index) : wanted.get(index);
    }

    /** Returns the index among the columns that the file has of the wanted column with this index, -1 if it lacks it. */
    int source(int index) {
        return header.sources()[index];
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
        LinesBefore before = new LinesBefore(window, dialect, until);
        p = before.skip(p);
        return dialect.header() ? header(window, p, until, before.lines()) : noHeader(window, p, until, before.lines());
    }

    private Header header(Window window, int from, long until, long linesBefore) throws IOException {
        CsvRecord record = new CsvRecord(dialect);
        long lines = linesBefore;
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
                checkFound(window, record);
                List<String> names = names(window, p, record);
                int[] indexes = indexes(window, names);
                if (wanted.stream().noneMatch(column -> lookup.isNamed(names, column))) {
                    check.check(window.name(), names);
                }
                return Header.of(names, indexes, window.base + record.next, lines);
            }
            p = record.next;
        }
        return Header.of(List.of(), new int[0], window.size(), lines);
    }

    /** Takes the number of columns from the first record if they have no names. */
    private Header noHeader(Window window, int from, long until, long linesBefore) throws IOException {
        long begin = window.base + from;
        if (!dialect.columns().isEmpty()) {
            return Header.of(dialect.columns(), indexes(window, dialect.columns()), begin, linesBefore);
        }
        CsvRecord record = new CsvRecord(dialect);
        long lines = linesBefore;
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
                checkFound(window, record);
                List<String> names = IntStream.rangeClosed(1, record.fields - trailing(record))
                        .mapToObj(Integer::toString)
                        .toList();
                return Header.of(names, indexes(window, names), begin, linesBefore);
            } else {
                lines += record.lines(window.bytes, p);
                p = record.next;
            }
        }
        return Header.of(List.of(), new int[0], window.size(), 0);
    }

    /** Refuses a file whose first {@code record} is not divided by the delimiter that was found in another file. */
    private void checkFound(Window window, CsvRecord record) {
        if (dialect.isFound() && record.fields - trailing(record) < 2) {
            throw bad(
                    window,
                    "its first record has no \"" + (dialect.delimiter() == '\t' ? "\\t" : (char) dialect.delimiter())
                            + "\", which separates the fields of the first file (delimiter: auto): read the files in"
                            + " jobs of their own, or name their delimiter");
        }
    }

    /** Returns 1 if {@code record} ends with a delimiter that does not count, else 0. */
    private int trailing(CsvRecord record) {
        int last = Math.min(record.fields, record.begins.length) - 1;
        boolean ends = last > 0 && record.begins[last] == record.ends[last];
        return dialect.leniency().trailingDelimiter() && ends ? 1 : 0;
    }

    private int[] indexes(Window window, List<String> names) {
        return all
                ? IntStream.range(0, names.size()).toArray()
                : wanted.stream()
                        .mapToInt(column -> lookup.indexOf(window.name(), names, column, notUtf8))
                        .toArray();
    }

    private List<String> names(Window window, int from, CsvRecord record) {
        byte[] bytes = window.bytes;
        int control = BinaryFormat.control(bytes, from, record.end);
        while (control >= 0 && bytes[control] == dialect.delimiter()) {
            control = BinaryFormat.control(bytes, control + 1, record.end);
        }
        if (control >= 0) {
            throw bad(
                    window,
                    String.format(
                            Locale.ROOT,
                            "its header is not text: it has the control character 0x%02X at byte %d; is the file another format than CSV?",
                            bytes[control],
                            window.base + control));
        }
        FieldText text = new FieldText(dialect);
        List<String> names = new ArrayList<>();
        notUtf8 = null;
        RecordRepair repair = record.hasOddQuotes ? new RecordRepair(dialect) : null;
        if (repair != null) {
            bytes = repair.repair(bytes, record, record.fields);
        }
        CsvRecord regular = repair == null ? record : repair.record;
        for (int i = 0; i < Math.min(record.fields, record.begins.length) - trailing(record); i++) {
            text.of(bytes, regular.begins[i], regular.ends[i]);
            int bad = Utf8.firstInvalid(text.bytes, text.from, text.to);
            if (bad < text.to && notUtf8 == null) {
                notUtf8 = String.format(
                        Locale.ROOT,
                        "its header is not UTF-8 (byte 0x%02X in column %d): set encoding to that of the file, such as latin1, or convert it, for example with iconv",
                        text.bytes[bad],
                        i + 1);
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

    private static JobFailedException bad(Window window, String problem) {
        return new JobFailedException(ExitCode.BAD_INPUT, window.name() + ": " + problem);
    }
}
