package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;

/** How many rows were read, and what became of them: {@code in} is always {@code used} plus {@code rejected}. */
@JsonPropertyOrder({"in", "used", "rejected"})
@JsonFormat
public record RowCounts(
        @JsonPropertyDescription("Rows read.") @Required long in,

        @JsonPropertyDescription("Rows that went into the result.") @Required
        long used,

        @JsonPropertyDescription("Rows that could not be used.") @Required
        long rejected) {
    /** No rows. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0);

    /** Both together. */
    public RowCounts plus(RowCounts other) {
        return new RowCounts(in + other.in, used + other.used, rejected + other.rejected);
    }
}
