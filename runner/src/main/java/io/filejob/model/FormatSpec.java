package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How input files are laid out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"lines", "csv"})
public record FormatSpec(
        @JsonPropertyDescription("One number to a line.") @Nullable
        LinesFormat lines,

        @JsonPropertyDescription("Records of fields (RFC 4180).") @Nullable
        CsvFormat csv) {}
