package io.filejob.csv;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expected outcome of reading a small ASCII file, computed character by character and with {@link BigDecimal}. */
final class Oracle extends TextCursor {
    private static final Pattern NUMBER =
            Pattern.compile("[ \t]*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?[ \t]*");

    final List<BadRecord> rejects = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    long used;
    long lines;

    @Nullable
    BadRecord failure;

    private Oracle(byte[] file) {
        super(new String(file, StandardCharsets.ISO_8859_1));
        this.p = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0;
    }

    /** Reads the whole file under {@link OnBad#SKIP}. */
    static Oracle read(byte[] file, TextFormat format) {
        Oracle oracle = new Oracle(file);
        switch (format) {
            case TextFormat.Lines lines -> oracle.readLines();
            case TextFormat.Csv csv -> oracle.readCsv(csv);
        }
        oracle.lines = oracle.line - 1;
        return oracle;
    }

    private void readLines() {
        while (p < text.length()) {
            int start = p;
            long startLine = line;
            while (p < text.length() && !isBreak(text.charAt(p))) {
                p++;
            }
            String row = text.substring(start, p);
            passBreak();
            if (!row.isEmpty()) {
                number(row, start, startLine, null);
            }
        }
    }

    private void readCsv(TextFormat.Csv csv) {
        int columns = 0;
        int column = -1;
        while (p < text.length() && failure == null) {
            int start = p;
            long startLine = line;
            List<String> fields = new ArrayList<>();
            String malformed = record(csv, fields, start);
            if (failure != null) {
                return;
            }
            String raw = text.substring(start, p);
            passBreak();
            if (raw.isEmpty()) {
                continue;
            }
            if (columns == 0) {
                columns = fields.size();
                column = fields.indexOf(csv.column());
            } else if (malformed != null) {
                reject(start, startLine, null, malformed, raw);
            } else if (fields.size() != columns) {
                String has = fields.size() == 1 ? "has 1 field" : "has " + fields.size() + " fields";
                reject(start, startLine, null, has + ", the header has " + columns, raw);
            } else {
                number(fields.get(column), start, startLine, csv.column());
            }
        }
    }

    /** Reads up to the record's line break; returns why the record is malformed, or null. */
    private @Nullable String record(TextFormat.Csv csv, List<String> fields, int start) {
        while (true) {
            StringBuilder field = new StringBuilder();
            if (csv.dialect().quote() != 0
                    && p < text.length()
                    && text.charAt(p) == csv.dialect().quote()) {
                long opened = line;
                p++;
                while (p < text.length()) {
                    if (text.charAt(p) == csv.dialect().quote()) {
                        if (p + 1 < text.length()
                                && text.charAt(p + 1) == csv.dialect().quote()) {
                            p++;
                        } else {
                            break;
                        }
                    }
                    field.append(text.charAt(p));
                    if (isBreak(text.charAt(p))) {
                        passBreak();
                    } else {
                        p++;
                    }
                }
                if (p == text.length()) {
                    failure = new BadRecord(
                            start, opened, null, "quote opened here is never closed", cut(text.substring(start)));
                    return null;
                }
                p++;
                if (p < text.length() && text.charAt(p) != csv.dialect().delimiter() && !isBreak(text.charAt(p))) {
                    passLine();
                    return "text after a closing quote";
                }
            } else {
                while (p < text.length() && text.charAt(p) != csv.dialect().delimiter() && !isBreak(text.charAt(p))) {
                    if (csv.dialect().quote() != 0
                            && text.charAt(p) == csv.dialect().quote()) {
                        passLine();
                        return "quote inside an unquoted field";
                    }
                    field.append(text.charAt(p++));
                }
            }
            fields.add(field.toString());
            if (p == text.length() || isBreak(text.charAt(p))) {
                return null;
            }
            p++;
        }
    }

    private void number(String text, int offset, long line, @Nullable String column) {
        if (NUMBER.matcher(text).matches()) {
            sum = sum.add(new BigDecimal(text.strip()));
            used++;
        } else {
            reject(offset, line, column, "not a number", text);
        }
    }

    private void reject(int offset, long line, @Nullable String column, String reason, String text) {
        rejects.add(new BadRecord(offset, line, column, reason, cut(text)));
    }

    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 199) + "…";
    }
}
