package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The mean of all numbers, summed exactly and rounded once to IEEE 754 decimal128 (34 significant digits, half even).
 *
 * @param column the column that holds them, for CSV only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AverageSpec(@Nullable String column) implements Operation {}
