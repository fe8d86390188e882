package io.filejob.read;

import java.util.List;

/**
 * How records are written.
 *
 * @param delimiter between fields
 * @param quote around fields that hold delimiters, line breaks or quotes (doubled); 0 for none
 * @param escape before characters of quoted text that are meant as they are; 0 for none
 * @param comment begins lines that are no records; 0 for none
 * @param header whether the first record of each file names its columns
 * @param columns the columns' names where there is no header; if empty, they are called 1, 2 and so on
 * @param nullText the unquoted text that stands for no value; empty with {@code hasNull} for the empty text
 * @param hasNull whether there is a text for no value
 */
public record CsvDialect(
        byte delimiter,
        byte quote,
        byte escape,
        byte comment,
        boolean header,
        List<String> columns,
        String nullText,
        boolean hasNull) {
    /** Copies the names. */
    public CsvDialect {
        columns = List.copyOf(columns);
    }

    /** RFC 4180 with a header. */
    public static CsvDialect standard() {
        return of(',', '"');
    }

    /** With a header; {@code quote} is 0 for none. */
    public static CsvDialect of(char delimiter, char quote) {
        return new CsvDialect((byte) delimiter, (byte) quote, (byte) 0, (byte) 0, true, List.of(), "", false);
    }

    /** Whether only delimiters, quotes and line breaks mean something. */
    boolean isPlain() {
        return escape == 0 && comment == 0;
    }
}
