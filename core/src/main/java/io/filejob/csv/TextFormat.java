package io.filejob.csv;

/** Format of the text of a file. */
public sealed interface TextFormat {
    /** One number per line, no header, no quotes. */
    record Lines() implements TextFormat {}

    /**
     * CSV records with one column of numbers.
     *
     * @param dialect the syntax of the records
     * @param column the column's name, or {@code #} and its number from 1
     */
    record Csv(CsvDialect dialect, String column) implements TextFormat {}
}
