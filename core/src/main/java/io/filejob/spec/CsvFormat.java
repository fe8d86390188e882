package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.validation.ShortForm;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** RFC 4180 and its common variants. */
@JsonPropertyOrder({
    "delimiter",
    "quote",
    "escape",
    "header",
    "columns",
    "comment",
    "nullText",
    "encoding",
    "nullTexts",
    "decimal",
    "thousands",
    "skipLines",
    "skipFooter",
    "looseNames",
    "lenientQuotes",
    "trailingDelimiter",
    "fillMissing",
    "fillColumns"
})
@CheckedBy(CsvRules.class)
@ShortForm(value = "delimiter", texts = CsvFormat.AUTO)
public record CsvFormat(
        @JsonPropertyDescription(
                "The character between fields: one ASCII character, not a digit. With auto, it is the comma, semicolon, tab or | that divides the first records of the first file; if none or several do, the job fails.")
        @Default("'" + CsvFormat.DEFAULT_DELIMITER + "'")
        @Pattern(CsvFormat.DELIMITER)
        @Size(max = CsvFormat.MAX_DELIMITER)
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
                "The encoding of the files: UTF-8, UTF-16, UTF-16LE, UTF-16BE, ISO-8859-1 (latin1), another ISO-8859, or windows-1250 to windows-1258. A byte-order mark is skipped.")
        @Default(CsvFormat.DEFAULT_ENCODING)
        @Size(max = CsvFormat.MAX_ENCODING_LENGTH)
        @Nullable
        String encoding,

        @JsonPropertyDescription(
                "Several unquoted texts that represent a null, instead of nullText. In an output, a null is the first of them.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Size(max = CsvFormat.MAX_NULL_TEXTS)
        @Nullable
        List<@Size(max = CsvFormat.MAX_NULL_LENGTH) String> nullTexts,

        @JsonPropertyDescription(
                "The character before the fraction of a number, a comma or a point. If absent, a point.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Pattern(CsvFormat.DECIMAL_CHARACTER)
        @Nullable
        String decimal,

        @JsonPropertyDescription(
                "The character between groups of three digits in the whole part of a number: a comma, a point, an apostrophe or a space. If absent, there are no groups.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Pattern(CsvFormat.THOUSANDS_CHARACTER)
        @Nullable
        String thousands,

        @JsonPropertyDescription(
                "The number of lines at the beginning of each file that are skipped, 1 to 10000. If absent, none.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Min(1)
        @Max(CsvFormat.MAX_SKIPPED)
        @Nullable
        Integer skipLines,

        @JsonPropertyDescription(
                "The number of lines at the end of each file that are skipped, 1 to 10000. If absent, none.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Min(1)
        @Max(CsvFormat.MAX_SKIPPED)
        @Nullable
        Integer skipFooter,

        @JsonPropertyDescription(
                "Whether column names match those of a header regardless of case and of blanks around them. If absent, they must be equal.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean looseNames,

        @JsonPropertyDescription(
                "Whether a quote within an unquoted field, and text after a closing quote, are taken as they are. If absent, they make a bad record.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean lenientQuotes,

        @JsonPropertyDescription(
                "Whether a record, also the header, may end with a further delimiter. If absent, it makes a bad record.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean trailingDelimiter,

        @JsonPropertyDescription(
                "Whether fields that are missing at the end of a record are null. If absent, they make a bad record.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean fillMissing,

        @JsonPropertyDescription(
                "Whether a column that a file lacks is null in all of its rows. If absent, the job fails.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Boolean fillColumns) {
    static final String DEFAULT_DELIMITER = ",";
    /** The delimiter that stands for the one that is found in the input when the job is planned. */
    public static final String AUTO = "auto";
    /** The delimiters that {@link #AUTO} finds. */
    public static final String FOUND_DELIMITERS = ",;\t|";
    /** The maximum length of {@code delimiter}. */
    static final int MAX_DELIMITER = 4;

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
    /** The maximum number of {@code nullTexts}. */
    static final int MAX_NULL_TEXTS = 20;
    /** The maximum of {@code skipLines} and {@code skipFooter}. */
    static final int MAX_SKIPPED = 10_000;
    /** The accepted names of encodings; all are available in every JDK. */
    static final String ENCODING =
            "(?i:utf-?8|utf-?16(le|be)?|latin-?1|iso-8859-(1|2|4|5|7|9|13|15)|(windows-|cp)125[0-478])";

    /** The accepted spellings of the default encoding. */
    public static final String UTF_8 = "[uU][tT][fF]-?8";

    /** The pattern of the character before a fraction. */
    public static final String DECIMAL_CHARACTER = "[.,]";
    /** Besides ASCII characters, the typographic apostrophe, the no-break space and its narrow form. */
    public static final String THOUSANDS_CHARACTER = "[., '\u2019\u00a0\u202f]";

    /**
     * Characters that must be quoted in an output; line breaks, which must be too, are refused in every {@code
     * nullText}.
     */
    public static final String SPECIAL_IN_OUTPUT = "[,\"]";

    public static final String ONE_CHARACTER = "[\\x01-\\x09\\x0b\\x0c\\x0e-\\x2f\\x3a-\\x7e]";
    public static final String DELIMITER = ONE_CHARACTER + "|auto";
    public static final String ONE_CHARACTER_OR_NONE = "[\\x01-\\x09\\x0b\\x0c\\x0e-\\x2f\\x3a-\\x7e]?";

    /** Fills in the defaults. */
    public CsvFormat {
        delimiter = delimiter == null ? DEFAULT_DELIMITER : delimiter;
        quote = quote == null ? DEFAULT_QUOTE : quote;
        header = header == null ? Boolean.valueOf(DEFAULT_HEADER) : header;
        columns = columns == null ? null : List.copyOf(columns);
        encoding = encoding == null ? DEFAULT_ENCODING : encoding;
        nullTexts = nullTexts == null ? null : List.copyOf(nullTexts);
    }

    /** Creates a format with only the settings of regular files; {@code null} stands for a default. */
    public CsvFormat(
            @Nullable String delimiter,
            @Nullable String quote,
            @Nullable String escape,
            @Nullable Boolean header,
            @Nullable List<String> columns,
            @Nullable String comment,
            @Nullable String nullText,
            @Nullable String encoding) {
        this(
                delimiter, quote, escape, header, columns, comment, nullText, encoding, null, null, null, null, null,
                null, null, null, null, null);
    }

    /** Returns the format with all defaults. */
    public static CsvFormat standard() {
        return new CsvFormat(null, null, null, null, null, null, null, null);
    }

    /** Returns whether the delimiter is found when the job is planned. */
    public boolean findsDelimiter() {
        return delimiter().equals(AUTO);
    }

    /** Returns the format for reading files in which {@code found} was found, instead of {@link #AUTO}. */
    public CsvFormat withFoundDelimiter(char found) {
        return new CsvFormat(
                AUTO + found,
                quote,
                escape,
                header,
                columns,
                comment,
                nullText,
                encoding,
                nullTexts,
                decimal,
                thousands,
                skipLines,
                skipFooter,
                looseNames,
                lenientQuotes,
                trailingDelimiter,
                fillMissing,
                fillColumns);
    }

    /** Returns whether the format comes from {@link #withFoundDelimiter}. */
    public boolean hasFoundDelimiter() {
        return delimiter().length() > AUTO.length();
    }

    /** Returns the texts that represent null: {@link #nullTexts}, else {@link #nullText}, else none. */
    public List<String> allNullTexts() {
        return nullTexts != null ? nullTexts : nullText != null ? List.of(nullText) : List.of();
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

    /** Returns the character between fields, {@value #DEFAULT_DELIMITER} by default, or {@value #AUTO}. */
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
