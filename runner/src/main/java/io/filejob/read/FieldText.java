package io.filejob.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a field: without quotes, with doubled and escaped characters as they are meant. It stands in {@code
 * bytes[from, to)}, in place where nothing had to be changed. Not thread-safe; tells of the field given last.
 */
public final class FieldText {
    /** Where the text is. */
    public byte[] bytes = {};

    /** Its first byte. */
    public int from;
    /** Behind its last byte. */
    public int to;
    /** Whether it stands for no value. */
    public boolean isNull;

    private final int quote;
    private final int escape;
    private final byte[] nullText;
    private final boolean hasNull;
    private byte[] changed = new byte[256];

    /** For fields of {@code dialect}. */
    public FieldText(CsvDialect dialect) {
        quote = dialect.quote() == 0 ? 256 : dialect.quote();
        escape = dialect.escape() == 0 ? 256 : dialect.escape();
        nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        hasNull = dialect.hasNull();
    }

    /** Takes the well-formed field {@code buffer[begin, end)}. */
    public void of(byte[] buffer, int begin, int end) {
        bytes = buffer;
        from = begin;
        to = end;
        isNull = false;
        if (begin < end && buffer[begin] == quote) {
            from++;
            to--;
            unquote();
        } else if (hasNull) {
            isNull = Arrays.equals(buffer, begin, end, nullText, 0, nullText.length);
        }
    }

    /** How many bytes it has. */
    public int length() {
        return to - from;
    }

    /** As text; what is not UTF-8 is replaced. */
    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private void unquote() {
        int p = from;
        while (p < to && bytes[p] != quote && bytes[p] != escape) {
            p++;
        }
        if (p == to) {
            return;
        }
        if (changed.length < to - from) {
            changed = new byte[Math.max(to - from, 2 * changed.length)];
        }
        int size = p - from;
        System.arraycopy(bytes, from, changed, 0, size);
        while (p < to) {
            // Both stand before what is meant; in well-formed text that is there.
            if ((bytes[p] == quote || bytes[p] == escape) && p + 1 < to) {
                p++;
            }
            changed[size++] = bytes[p++];
        }
        bytes = changed;
        from = 0;
        to = size;
    }
}
