package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;

/** The numbers of rows read, used and rejected; {@code in} always equals {@code used} plus {@code rejected}. */
@JsonPropertyOrder({"in", "used", "rejected"})
@JsonFormat
public record RowCounts(
        @JsonPropertyDescription("The number of rows read.") @Required
        long in,

        @JsonPropertyDescription("The number of rows used for the result.") @Required
        long used,

        @JsonPropertyDescription("The number of rows rejected as bad records.") @Required
        long rejected) {
    /** No rows. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0);

    /** Returns the sums of both counts. */
    public RowCounts plus(RowCounts other) {
        return new RowCounts(in + other.in, used + other.used, rejected + other.rejected);
    }
}
