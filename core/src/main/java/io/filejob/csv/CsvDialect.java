package io.filejob.csv;

import io.filejob.spec.CsvFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The syntax of the records of a CSV file.
 *
 * @param delimiter separator between fields; 0 if it is not found yet, and files cannot be read
 * @param quote encloses fields that contain delimiters, line breaks or (doubled) quotes; 0 if there are no quotes
 * @param escape makes the next character of a quoted field literal; 0 if there is no escape character
 * @param comment first character of comment lines, which are not records; 0 if there are no comments
 * @param header whether the first record of each file names its columns
 * @param columns column names of files without a header; if empty, the columns are named 1, 2 and so on
 * @param nullText unquoted text that represents null; the empty string with {@code hasNull} makes empty fields null
 * @param hasNull whether any text represents null
 * @param leniency deviations that are accepted
 * @param isFound whether the delimiter was found in the first file, so that others must have it, too
 */
public record CsvDialect(
        byte delimiter,
        byte quote,
        byte escape,
        byte comment,
        boolean header,
        List<String> columns,
        String nullText,
        boolean hasNull,
        Leniency leniency,
        boolean isFound) {
    /** The null text of fields that are filled in, if the files have none. Text has no such control characters. */
    private static final String FILLED = "\u001a\u0001\u001a";

    /** Copies the column names. */
    public CsvDialect {
        columns = List.copyOf(columns);
    }

    /** Creates a dialect without leniency. */
    public CsvDialect(
            byte delimiter,
            byte quote,
            byte escape,
            byte comment,
            boolean header,
            List<String> columns,
            String nullText,
            boolean hasNull) {
        this(delimiter, quote, escape, comment, header, columns, nullText, hasNull, Leniency.NONE);
    }

    /** Creates a dialect whose delimiter is known. */
    public CsvDialect(
            byte delimiter,
            byte quote,
            byte escape,
            byte comment,
            boolean header,
            List<String> columns,
            String nullText,
            boolean hasNull,
            Leniency leniency) {
        this(delimiter, quote, escape, comment, header, columns, nullText, hasNull, leniency, false);
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
        Leniency leniency = Leniency.of(csv);
        List<String> nullTexts = csv.allNullTexts();
        String nullText = nullTexts.isEmpty() ? leniency.fills() ? FILLED : "" : nullTexts.getFirst();
        return new CsvDialect(
                csv.findsDelimiter()
                        ? 0
                        : (byte) csv.delimiter().charAt(csv.delimiter().length() - 1),
                character(csv.quote()),
                character(csv.escape()),
                character(csv.comment()),
                csv.header(),
                Objects.requireNonNullElse(csv.columns(), List.of()),
                nullText,
                !nullTexts.isEmpty() || leniency.fills(),
                leniency,
                csv.hasFoundDelimiter());
    }

    /** Returns the text of a null in results. */
    public String shownNull() {
        return nullText.equals(FILLED) ? "" : nullText;
    }

    private static byte character(@Nullable String text) {
        return text == null || text.isEmpty() ? 0 : (byte) text.charAt(0);
    }

    /** Returns whether delimiters, quotes and line breaks are the only special characters. */
    boolean isPlain() {
        return escape == 0 && comment == 0;
    }
}
