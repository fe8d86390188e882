package io.filejob.csv;

import io.filejob.spec.CsvFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The syntax of the records of a CSV file.
 *
 * @param delimiter separator between fields
 * @param quote encloses fields that contain delimiters, line breaks or (doubled) quotes; 0 if there are no quotes
 * @param escape makes the next character of a quoted field literal; 0 if there is no escape character
 * @param comment first character of comment lines, which are not records; 0 if there are no comments
 * @param header whether the first record of each file names its columns
 * @param columns column names of files without a header; if empty, the columns are named 1, 2 and so on
 * @param nullText unquoted text that represents null; the empty string with {@code hasNull} makes empty fields null
 * @param hasNull whether any text represents null
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
    /** Copies the column names. */
    public CsvDialect {
        columns = List.copyOf(columns);
    }

    /** Returns the dialect of RFC 4180, with a header. */
    public static CsvDialect standard() {
        return of(',', '"');
    }

    /** Returns a dialect with a header; {@code quote} is 0 if there are no quotes. */
    public static CsvDialect of(char delimiter, char quote) {
        return new CsvDialect((byte) delimiter, (byte) quote, (byte) 0, (byte) 0, true, List.of(), "", false);
    }

    /** Returns the dialect of the files of a spec. */
    public static CsvDialect of(CsvFormat csv) {
        String nullText = csv.nullText();
        return new CsvDialect(
                character(csv.delimiter()),
                character(csv.quote()),
                character(csv.escape()),
                character(csv.comment()),
                csv.header(),
                Objects.requireNonNullElse(csv.columns(), List.of()),
                Objects.requireNonNullElse(nullText, ""),
                nullText != null);
    }

    private static byte character(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : (byte) text.charAt(0);
    }

    /** Returns whether delimiters, quotes and line breaks are the only special characters. */
    boolean isPlain() {
        return escape == 0 && comment == 0;
    }
}
