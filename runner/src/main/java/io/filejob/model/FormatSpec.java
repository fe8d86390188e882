package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How input files are laid out; exactly one of the two is set.
 *
 * @param lines one number to a line
 * @param csv records of fields (RFC 4180), the first of each file being its header
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FormatSpec(
        @Nullable LinesFormat lines, @Nullable CsvFormat csv) {}
