package io.filejob.read;

/** How the text of a file is laid out. */
public sealed interface TextFormat {
    /** One number per line, no header, no quotes. */
    record Lines() implements TextFormat {}

    /**
     * Records, of which one column holds the numbers.
     *
     * @param dialect how they are written
     * @param column the column's name, or {@code #} and its number from 1
     */
    record Csv(CsvDialect dialect, String column) implements TextFormat {}
}
