package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The rows of a slice that are ready for loading into a table.
 *
 * @param rows how many are in staging tables; 0 if a later stage reads them again
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder("rows")
public record StagedPartial(long rows) implements Partial {
    /** Refuses a negative number, as forged ledgers may have one. */
    public StagedPartial {
        Counts.check(rows);
    }
}
