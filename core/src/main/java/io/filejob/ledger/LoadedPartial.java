package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The counts of rows loaded into a table.
 *
 * @param inserted rows with new keys
 * @param updated rows that replaced other values
 * @param unchanged rows that existed with the same values
 * @param ignored rows skipped because their keys existed
 * @param superseded rows replaced by other rows of the same key in the input
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"inserted", "updated", "unchanged", "ignored", "superseded"})
public record LoadedPartial(long inserted, long updated, long unchanged, long ignored, long superseded)
        implements Partial {
    /** Refuses negative numbers, as forged ledgers may have them. */
    public LoadedPartial {
        Counts.check(inserted, updated, unchanged, ignored, superseded);
    }

    /** No rows. */
    public static final LoadedPartial NONE = new LoadedPartial(0, 0, 0, 0, 0);

    /** Returns the sums of both. */
    public LoadedPartial plus(LoadedPartial other) {
        return new LoadedPartial(
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                ignored + other.ignored,
                superseded + other.superseded);
    }
}
