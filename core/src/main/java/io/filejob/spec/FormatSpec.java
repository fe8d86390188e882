package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.validation.OneOf;
import io.filejob.validation.ShortForm;
import org.jspecify.annotations.Nullable;

/** The format of input files. */
@JsonPropertyOrder({"lines", "csv"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"lines", "csv"})
@ShortForm(value = "csv", texts = CsvFormat.AUTO)
public record FormatSpec(
        @JsonPropertyDescription("One number per line.") @Nullable
        LinesFormat lines,

        @JsonPropertyDescription("CSV (RFC 4180 and common variants).") @Nullable
        CsvFormat csv) {}
