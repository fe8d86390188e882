package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 and its common variants.
 *
 * @param delimiter between fields, one ASCII character, no digit
 * @param quote around a field's text, one ASCII character and no digit, doubled where it is meant; empty where nothing is quoted
 */
@JsonPropertyOrder({"delimiter", "quote"})
public record CsvFormat(
        @Default(",") @Pattern(CsvFormat.ONE_CHARACTER) @Nullable
        String delimiter,

        @Default("\"") @Pattern(CsvFormat.ONE_CHARACTER_OR_NONE) @Nullable
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
