package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Rows of a slice that are ready for a table.
 *
 * @param rows how many wait in the database; 0 where a later stage reads them again
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder("rows")
public record StagedPartial(long rows) implements Partial {}
