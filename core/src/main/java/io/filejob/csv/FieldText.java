package io.filejob.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a field without its quotes, doubled and escaped characters decoded. The text is {@code bytes[from, to)}:
 * a part of the input's buffer if nothing had to be decoded, else a copy. Not thread-safe; describes the field given
 * last.
 */
public final class FieldText {
    /** The buffer that contains the text. */
    public byte[] bytes = {};

    /** Index of the first byte. */
    public int from;
    /** Index after the last byte. */
    public int to;
    /** Whether the field is null. */
    public boolean isNull;

    private final int quote;
    private final int escape;
    private final byte[] nullText;
    private final boolean hasNull;
    private byte[] changed = new byte[256];

    /** Creates a decoder for fields of {@code dialect}. */
    public FieldText(CsvDialect dialect) {
        quote = dialect.quote() == 0 ? 256 : dialect.quote();
        escape = dialect.escape() == 0 ? 256 : dialect.escape();
        nullText = dialect.nullText().getBytes(StandardCharsets.UTF_8);
        hasNull = dialect.hasNull();
    }

    /** Decodes the well-formed field {@code buffer[begin, end)}. */
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

    /** Returns the length in bytes. */
    public int length() {
        return to - from;
    }

    /** Returns the text as a string; invalid UTF-8 is replaced. */
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
            // A quote or escape precedes a literal character, which is always present in well-formed text.
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
