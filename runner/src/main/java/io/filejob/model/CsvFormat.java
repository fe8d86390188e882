package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 4180 and its common variants. */
@JsonPropertyOrder({"delimiter", "quote", "escape", "header", "columns", "comment", "nullText", "encoding"})
@Rule(
        field = "quote",
        holds = "self.delimiter != self.quote",
        message = Words.IS_DELIMITER,
        values = "'\"' + self.quote + '\"'")
@Rule(
        field = "escape",
        holds = "!has(self.escape) || self.quote != ''",
        message = Words.ESCAPE_WITHOUT_QUOTE,
        values = CsvFormat.SHOW_ESCAPE)
@Rule(
        field = "escape",
        holds = "!has(self.escape) || self.escape != self.delimiter",
        message = Words.IS_DELIMITER,
        values = CsvFormat.SHOW_ESCAPE)
@Rule(
        field = "escape",
        holds = "!has(self.escape) || self.escape != self.quote",
        message = Words.ESCAPE_IS_QUOTE,
        values = CsvFormat.SHOW_ESCAPE)
@Rule(
        field = "comment",
        holds = "!has(self.comment) || self.comment != self.delimiter",
        message = Words.IS_DELIMITER,
        values = CsvFormat.SHOW_COMMENT)
@Rule(
        field = "comment",
        holds = "!has(self.comment) || self.comment != self.quote",
        message = Words.IS_QUOTE,
        values = CsvFormat.SHOW_COMMENT)
@Rule(
        field = "nullText",
        holds = "!has(self.nullText) || !(self.nullText.matches('[\\n\\r]') || self.nullText.contains(self.delimiter)"
                + " || (self.quote != '' && self.nullText.contains(self.quote)))",
        message = Words.NO_FIELDS_TEXT)
@Rule(field = "columns", holds = "!has(self.columns) || !self.header", message = Words.COLUMNS_WITH_HEADER)
@Rule(field = "columns", holds = "!has(self.columns) || self.columns.size() > 0", message = Words.NO_COLUMNS)
@Rule(
        field = "columns",
        holds = "!has(self.columns) || self.columns.all(c, self.columns.exists_one(o, o == c))",
        message = Words.COLUMN_TWICE)
@Rule(
        field = "encoding",
        holds = "self.encoding.matches('^" + CsvFormat.UTF_8 + "$')",
        message = Words.OTHER_ENCODING,
        values = {"'\"' + self.encoding + '\"'", "self.encoding"})
public record CsvFormat(
        @JsonPropertyDescription("Between fields, one ASCII character, no digit.")
        @Default("','")
        @Pattern(CsvFormat.ONE_CHARACTER)
        @Size(max = 1)
        @Nullable
        String delimiter,

        @JsonPropertyDescription(
                "Around a field's text, one ASCII character and no digit, doubled where it is meant; empty where nothing is quoted.")
        @Default("'\"'")
        @Pattern(CsvFormat.ONE_CHARACTER_OR_NONE)
        @Size(max = 1)
        @Nullable
        String quote,

        @JsonPropertyDescription(
                "Before a character of quoted text that is meant as it is, one ASCII character and no digit; none if absent: quotes are doubled.")
        @Pattern(CsvFormat.ONE_CHARACTER)
        @Size(max = 1)
        @Nullable
        String escape,

        @JsonPropertyDescription("Whether the first record of each file names its columns.") @Default("true") @Nullable
        Boolean header,

        @JsonPropertyDescription(
                "Without a header, the columns' names, all of them; if absent, columns go by position only: #1, #2 and so on.")
        @Size(max = CsvFormat.MOST_COLUMNS)
        @Nullable
        List<@Size(max = CsvFormat.LONGEST_COLUMN) String> columns,

        @JsonPropertyDescription(
                "What begins a line that is skipped, outside of quoted text, one ASCII character and no digit; none if absent.")
        @Pattern(CsvFormat.ONE_CHARACTER)
        @Size(max = 1)
        @Nullable
        String comment,

        @JsonPropertyDescription(
                "The unquoted text that stands for no value, in quotes where YAML takes it for something else, as \"NULL\"; none if absent.")
        @Size(max = CsvFormat.LONGEST_NULL)
        @Nullable
        String nullText,

        @JsonPropertyDescription("How the text is encoded; a byte-order mark is skipped.")
        @Default("UTF-8")
        @Size(max = CsvFormat.LONGEST_ENCODING)
        @Nullable
        String encoding) {
    /** The most columns that can be named. */
    static final int MOST_COLUMNS = 256;
    /** The most characters of such a name. */
    static final int LONGEST_COLUMN = 300;
    /** The most characters of a null. */
    static final int LONGEST_NULL = 100;
    /** The most characters of an encoding's name. */
    static final int LONGEST_ENCODING = 40;
    /** How the one encoding may be written. */
    static final String UTF_8 = "[uU][tT][fF]-?8";

    /** What has to be quoted in an output; that takes nulls with line breaks out of every input. */
    static final String SPECIAL_IN_OUTPUT = "[,\"]";

    static final String ONE_CHARACTER = "[\\t\\x20-\\x2f\\x3a-\\x7e]";
    static final String ONE_CHARACTER_OR_NONE = "[\\t\\x20-\\x2f\\x3a-\\x7e]?";

    static final String SHOW_ESCAPE = "'\"' + self.escape + '\"'";
    static final String SHOW_COMMENT = "'\"' + self.comment + '\"'";

    /** Fills in the defaults. */
    public CsvFormat {
        delimiter = delimiter == null ? "," : delimiter;
        quote = quote == null ? "\"" : quote;
        header = header == null ? Boolean.TRUE : header;
        columns = columns == null ? null : List.copyOf(columns);
        encoding = encoding == null ? "UTF-8" : encoding;
    }

    /** All defaults. */
    public static CsvFormat standard() {
        return new CsvFormat(null, null, null, null, null, null, null, null);
    }

    /** With its default. */
    @Override
    public Boolean header() {
        return !Boolean.FALSE.equals(header);
    }

    /** With its default. */
    @Override
    public String encoding() {
        return encoding == null ? "UTF-8" : encoding;
    }

    /** With its default. */
    @Override
    public String delimiter() {
        return delimiter == null ? "," : delimiter;
    }

    /** With its default. */
    @Override
    public String quote() {
        return quote == null ? "\"" : quote;
    }
}
