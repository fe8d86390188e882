package io.filejob.read;

/** How the text of a file is laid out. */
public sealed interface TextFormat {
    /** One number per line, no header, no quotes. */
    record Lines() implements TextFormat {}

    /**
     * Records with a header, of which one column holds the numbers.
     *
     * @param delimiter between fields
     * @param quote around fields that hold delimiters, line breaks or quotes (doubled); 0 for none
     * @param column the column's name in each file's own header
     */
    record Csv(byte delimiter, byte quote, String column) implements TextFormat {}
}
