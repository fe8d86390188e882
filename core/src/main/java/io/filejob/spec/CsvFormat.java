package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** RFC 4180 and its common variants. */
@JsonPropertyOrder({"delimiter", "quote", "escape", "header", "columns", "comment", "nullText", "encoding"})
@CheckedBy(CsvRules.class)
public record CsvFormat(
        @JsonPropertyDescription("The character between fields: one ASCII character, not a digit.")
        @Default("'" + CsvFormat.DEFAULT_DELIMITER + "'")
        @Pattern(CsvFormat.ONE_CHARACTER)
        @Size(max = 1)
        @Nullable
        String delimiter,

        @JsonPropertyDescription(
                "The character around quoted fields: one ASCII character, not a digit. Within a quoted field it is doubled. Empty if fields are never quoted.")
        @Default("'" + CsvFormat.DEFAULT_QUOTE + "'")
        @Pattern(CsvFormat.ONE_CHARACTER_OR_NONE)
        @Size(max = 1)
        @Nullable
        String quote,

        @JsonPropertyDescription(
                "The character that escapes the next one within quoted fields: one ASCII character, not a digit. If absent, quotes are escaped by doubling.")
        @Pattern(CsvFormat.ONE_CHARACTER)
        @Size(max = 1)
        @Nullable
        String escape,

        @JsonPropertyDescription("Whether the first record of each file is a header with the column names.")
        @Default("" + CsvFormat.DEFAULT_HEADER)
        @Nullable
        Boolean header,

        @JsonPropertyDescription(
                "The names of all columns, for files without a header. If absent, such columns have positions only: #1, #2 and so on.")
        @Size(max = CsvFormat.MAX_COLUMNS)
        @Nullable
        List<@Size(max = CsvFormat.MAX_COLUMN_LENGTH) String> columns,

        @JsonPropertyDescription(
                "The character that begins a comment line, which is skipped: one ASCII character, not a digit. If absent, there are no comment lines.")
        @Pattern(CsvFormat.ONE_CHARACTER)
        @Size(max = 1)
        @Nullable
        String comment,

        @JsonPropertyDescription(
                "The unquoted text that represents a null. Quote it in YAML if necessary (\"NULL\"). If absent, no field is null.")
        @Size(max = CsvFormat.MAX_NULL_LENGTH)
        @Nullable
        String nullText,

        @JsonPropertyDescription(
                "The encoding of the files; UTF-8 is the only one supported. A byte-order mark is skipped.")
        @Default(CsvFormat.DEFAULT_ENCODING)
        @Size(max = CsvFormat.MAX_ENCODING_LENGTH)
        @Nullable
        String encoding) {
    static final String DEFAULT_DELIMITER = ",";
    static final String DEFAULT_QUOTE = "\"";
    static final boolean DEFAULT_HEADER = true;
    static final String DEFAULT_ENCODING = "UTF-8";
    /** The maximum number of named columns. */
    static final int MAX_COLUMNS = 256;
    /** The maximum length of a column's name, in characters. */
    static final int MAX_COLUMN_LENGTH = 300;
    /** The maximum length of {@code nullText}, in characters. */
    static final int MAX_NULL_LENGTH = 100;
    /** The maximum length of an encoding's name, in characters. */
    static final int MAX_ENCODING_LENGTH = 40;
    /** The accepted spellings of the only supported encoding. */
    static final String UTF_8 = "[uU][tT][fF]-?8";

    /**
     * Characters that must be quoted in an output; line breaks, which must be too, are refused in every {@code
     * nullText}.
     */
    public static final String SPECIAL_IN_OUTPUT = "[,\"]";

    public static final String ONE_CHARACTER = "[\\t\\x20-\\x2f\\x3a-\\x7e]";
    public static final String ONE_CHARACTER_OR_NONE = "[\\t\\x20-\\x2f\\x3a-\\x7e]?";

    /** Fills in the defaults. */
    public CsvFormat {
        delimiter = delimiter == null ? DEFAULT_DELIMITER : delimiter;
        quote = quote == null ? DEFAULT_QUOTE : quote;
        header = header == null ? Boolean.valueOf(DEFAULT_HEADER) : header;
        columns = columns == null ? null : List.copyOf(columns);
        encoding = encoding == null ? DEFAULT_ENCODING : encoding;
    }

    /** Returns the format with all defaults. */
    public static CsvFormat standard() {
        return new CsvFormat(null, null, null, null, null, null, null, null);
    }

    /** Returns whether the first record of each file is a header, {@value #DEFAULT_HEADER} by default. */
    @Override
    public Boolean header() {
        return Objects.requireNonNull(header);
    }

    /** Returns the encoding, {@value #DEFAULT_ENCODING} by default. */
    @Override
    public String encoding() {
        return Objects.requireNonNull(encoding);
    }

    /** Returns the character between fields, {@value #DEFAULT_DELIMITER} by default. */
    @Override
    public String delimiter() {
        return Objects.requireNonNull(delimiter);
    }

    /** Returns the character around quoted fields, {@value #DEFAULT_QUOTE} by default; empty if fields are never quoted. */
    @Override
    public String quote() {
        return Objects.requireNonNull(quote);
    }
}
