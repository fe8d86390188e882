package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** RFC 4180 and its common variants. */
@JsonPropertyOrder({"delimiter", "quote"})
@Rule(
        field = "quote",
        holds = "self.delimiter != self.quote",
        message = Words.QUOTE_IS_DELIMITER,
        values = "'\"' + self.quote + '\"'")
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
        String quote) {
    static final String ONE_CHARACTER = "[\\t\\x20-\\x2f\\x3a-\\x7e]";
    static final String ONE_CHARACTER_OR_NONE = "[\\t\\x20-\\x2f\\x3a-\\x7e]?";

    /** Fills in the defaults. */
    public CsvFormat {
        delimiter = delimiter == null ? "," : delimiter;
        quote = quote == null ? "\"" : quote;
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
