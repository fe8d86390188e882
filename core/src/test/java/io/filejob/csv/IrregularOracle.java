package io.filejob.csv;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expected outcome of reading a column of a small ASCII file with any {@link Leniency}, computed in one pass. */
final class IrregularOracle extends TextCursor {
    final List<BadRecord> rejects = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    long used;
    long numbers;
    boolean isUnclosed;

    private final CsvDialect dialect;
    private final Leniency leniency;
    private boolean isMalformed;

    private IrregularOracle(String all, CsvDialect dialect) {
        super(body(all, dialect.leniency().skipFooter()));
        this.dialect = dialect;
        leniency = dialect.leniency();
    }

    private static String body(String all, int footerLines) {
        String body = all.substring(0, footer(all, footerLines));
        return body.endsWith("\u001a") ? body.substring(0, body.length() - 1) : body;
    }

    static IrregularOracle read(String text, CsvDialect dialect, String column) {
        IrregularOracle oracle = new IrregularOracle(text, dialect);
        oracle.read(column);
        return oracle;
    }

    private static int footer(String all, int lines) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < all.length(); i++) {
            boolean isPair = all.startsWith("\r\n", i);
            if (isPair || all.charAt(i) == '\n' || all.charAt(i) == '\r') {
                i += isPair ? 1 : 0;
                starts.add(i + 1);
            }
        }
        starts.removeIf(start -> start == all.length());
        return lines == 0 ? all.length() : starts.size() < lines ? 0 : starts.get(starts.size() - lines);
    }

    private void read(String column) {
        for (int i = 0; i < leniency.skipLines() && p < text.length(); i++) {
            passLine();
            passBreak();
        }
        if (text.startsWith("sep=" + (char) dialect.delimiter(), p)
                && (p + 5 == text.length() || isBreak(text.charAt(p + 5)))) {
            passLine();
            passBreak();
        }
        List<String> names = null;
        while (p < text.length() && !isUnclosed) {
            int start = p;
            long begun = line;
            List<@Nullable String> fields = record();
            if (isUnclosed) {
                return;
            }
            String raw = text.substring(start, p);
            passBreak();
            if (raw.isEmpty()) {
                continue;
            }
            if (names == null) {
                names = new ArrayList<>();
                for (String field : fields) {
                    names.add(String.valueOf(field));
                }
                if (leniency.trailingDelimiter() && raw.endsWith(Character.toString(dialect.delimiter()))) {
                    names.removeLast();
                }
                continue;
            }
            row(start, begun, raw, fields, names, column);
        }
    }

    private void row(
            int start, long begun, String raw, List<@Nullable String> fields, List<String> names, String column) {
        int has = fields.size();
        if (isMalformed) {
            reject(start, begun, null, raw);
            return;
        }
        if (leniency.trailingDelimiter()
                && has == names.size() + 1
                && raw.endsWith(Character.toString(dialect.delimiter()))) {
            fields.removeLast();
        }
        while (leniency.fillMissing() && fields.size() < names.size()) {
            fields.add(null);
        }
        if (fields.size() != names.size()) {
            reject(start, begun, null, raw);
            return;
        }
        String field = fields.get(index(names, column));
        if (field == null) {
            used++;
            return;
        }
        String decimal = Pattern.quote(Character.toString(leniency.decimal()));
        String separator = Pattern.quote(leniency.thousands());
        String whole = leniency.thousands().isEmpty() ? "[0-9]+" : "([0-9]+|[0-9]{1,3}(" + separator + "[0-9]{3})+)";
        if (!field.strip().matches("[+-]?(" + whole + "(" + decimal + "[0-9]*)?|" + decimal + "[0-9]+)")) {
            reject(start, begun, column, field);
            return;
        }
        String plain = leniency.thousands().isEmpty() ? field : field.replace(leniency.thousands(), "");
        sum = sum.add(new BigDecimal(plain.strip().replace(leniency.decimal(), '.')));
        used++;
        numbers++;
    }

    private static int index(List<String> names, String column) {
        return names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList()
                .indexOf(column);
    }

    /** Returns the fields up to the record's line break, null for nulls. */
    private List<@Nullable String> record() {
        List<@Nullable String> fields = new ArrayList<>();
        isMalformed = false;
        while (true) {
            StringBuilder field = new StringBuilder();
            boolean isQuoted = p < text.length() && text.charAt(p) == '"';
            if (isQuoted && !quoted(field)) {
                isUnclosed = true;
                return fields;
            }
            while (p < text.length() && text.charAt(p) != dialect.delimiter() && !isBreak(text.charAt(p))) {
                if (!leniency.lenientQuotes() && (isQuoted || text.charAt(p) == '"')) {
                    isMalformed = true;
                    passLine();
                    return fields;
                }
                field.append(text.charAt(p++));
            }
            String content = field.toString();
            boolean isNull = !isQuoted
                    && dialect.hasNull()
                    && (content.equals(dialect.nullText())
                            || leniency.otherNulls().contains(content));
            fields.add(isNull ? null : content);
            if (p == text.length() || isBreak(text.charAt(p))) {
                return fields;
            }
            p++;
        }
    }

    private boolean quoted(StringBuilder field) {
        p++;
        while (p < text.length()) {
            if (text.charAt(p) == '"' && text.startsWith("\"\"", p)) {
                p++;
            } else if (text.charAt(p) == '"') {
                p++;
                return true;
            }
            field.append(text.charAt(p));
            if (isBreak(text.charAt(p))) {
                passBreak();
            } else {
                p++;
            }
        }
        return false;
    }

    private void reject(int offset, long begun, @Nullable String column, String shown) {
        rejects.add(new BadRecord(offset, begun, column, "", shown));
    }
}
