package io.filejob.aggregate;

import io.filejob.spec.CsvFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The content of a CSV file, parsed byte by byte without slices. All texts in it are {@link ByteText}s. */
public final class CsvOracle {
    /**
     * A field.
     *
     * @param text the text after unquoting
     * @param quoted whether the field was quoted
     */
    public record Field(String text, boolean quoted) {}

    /**
     * A record other than the header.
     *
     * @param line physical line where it begins, from 1
     * @param raw the record without its line break
     * @param bad why it is malformed, or null
     */
    public record Row(
            long line,
            String raw,
            List<Field> fields,
            @Nullable String bad) {}

    /** A quote that is never closed: the line of the quote, and the record from its beginning. */
    public record Unclosed(long line, String raw) {}

    /**
     * A file's columns (none if it has no records), its rows, the reason if reading stopped early, and its first record:
     * the header or the first row.
     */
    public record Csv(
            List<String> names,
            List<Row> rows,
            @Nullable Unclosed unclosed,
            @Nullable Row first) {}

    private static final String MARK = ByteText.of("\uFEFF");
    private static final char NONE = 0x100;

    private final String text;
    private final CsvFormat format;
    private final char delimiter;
    private final char quote;
    private final char escape;
    private final char comment;
    private int p;
    private long line = 1;
    private long opened;
    private @Nullable Unclosed unclosed;

    private CsvOracle(String text, CsvFormat format) {
        this.text = text;
        this.format = format;
        delimiter = format.delimiter().charAt(0);
        quote = orNone(format.quote());
        escape = orNone(format.escape());
        comment = orNone(format.comment());
        p = text.startsWith(MARK) ? MARK.length() : 0;
    }

    private static char orNone(@Nullable String character) {
        return character == null || character.isEmpty() ? NONE : character.charAt(0);
    }

    /** Reads a whole file. */
    public static Csv read(byte[] file, CsvFormat format) {
        return new CsvOracle(ByteText.of(file), format).read();
    }

    private Csv read() {
        List<Row> records = new ArrayList<>();
        while (p < text.length() && unclosed == null) {
            if (text.charAt(p) == comment) {
                passLine();
                passBreak();
            } else if (isBreak()) {
                passBreak();
            } else {
                Row row = record();
                if (unclosed == null) {
                    records.add(row);
                }
            }
        }
        if (records.isEmpty()) {
            return new Csv(List.of(), List.of(), unclosed, null);
        }
        List<Field> first = records.getFirst().fields();
        List<String> names = format.header() ? first.stream().map(Field::text).toList() : named(first.size());
        List<Row> rows = format.header() ? records.subList(1, records.size()) : records;
        return new Csv(
                names, rows.stream().map(row -> checked(row, names.size())).toList(), unclosed, records.getFirst());
    }

    private List<String> named(int fields) {
        return format.columns() != null
                ? Objects.requireNonNull(format.columns()).stream()
                        .map(ByteText::of)
                        .toList()
                : IntStream.rangeClosed(1, fields).mapToObj(Integer::toString).toList();
    }

    private static Row checked(Row row, int columns) {
        if (row.bad() != null || row.fields().size() == columns) {
            return row;
        }
        String has =
                row.fields().size() == 1 ? "has 1 field" : "has " + row.fields().size() + " fields";
        return new Row(row.line(), row.raw(), row.fields(), has + ", the header has " + columns);
    }

    private Row record() {
        int start = p;
        long startLine = line;
        List<Field> fields = new ArrayList<>();
        @Nullable String bad = fields(fields);
        String raw = text.substring(start, p);
        if (unclosed != null) {
            unclosed = new Unclosed(opened, raw);
        }
        passBreak();
        return new Row(startLine, raw, fields, bad);
    }

    /** Reads up to the record's line break; returns why the record is malformed, or null. */
    private @Nullable String fields(List<Field> fields) {
        while (true) {
            if (p < text.length() && text.charAt(p) == quote) {
                fields.add(new Field(quoted(), true));
                if (p < text.length() && text.charAt(p) != delimiter && !isBreak()) {
                    passLine();
                    return "text after a closing quote";
                }
            } else {
                int from = p;
                while (p < text.length() && text.charAt(p) != delimiter && !isBreak()) {
                    if (text.charAt(p) == quote) {
                        passLine();
                        return "quote inside an unquoted field";
                    }
                    p++;
                }
                fields.add(new Field(text.substring(from, p), false));
            }
            if (p == text.length() || isBreak()) {
                return null;
            }
            p++;
        }
    }

    /** Reads a quoted text including its quotes. */
    private String quoted() {
        StringBuilder content = new StringBuilder();
        opened = line;
        p++;
        while (p < text.length()) {
            char c = text.charAt(p);
            if (c == escape && p + 1 < text.length()) {
                p++;
            } else if (c == quote && p + 1 < text.length() && text.charAt(p + 1) == quote) {
                p++;
            } else if (c == quote) {
                p++;
                return content.toString();
            }
            content.append(text.charAt(p));
            // In CR LF, only the LF is counted.
            if (text.charAt(p) == '\n' || (text.charAt(p) == '\r' && !text.startsWith("\r\n", p))) {
                line++;
            }
            p++;
        }
        unclosed = new Unclosed(opened, "");
        return content.toString();
    }

    private boolean isBreak() {
        return text.charAt(p) == '\n' || text.charAt(p) == '\r';
    }

    private void passLine() {
        while (p < text.length() && !isBreak()) {
            p++;
        }
    }

    private void passBreak() {
        if (p < text.length()) {
            p += text.startsWith("\r\n", p) ? 2 : 1;
            line++;
        }
    }
}
