package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How many rows were read, and what became of them: {@code in} is always {@code used} plus {@code rejected}.
 *
 * @param in rows read
 * @param used rows that went into the result
 * @param rejected rows that could not be used
 */
@JsonPropertyOrder({"in", "used", "rejected"})
@JsonFormat
public record RowCounts(long in, long used, long rejected) {
    /** No rows. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0);

    /** Both together. */
    public RowCounts plus(RowCounts other) {
        return new RowCounts(in + other.in, used + other.used, rejected + other.rejected);
    }
}
