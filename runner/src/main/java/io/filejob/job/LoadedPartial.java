package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Rows that are in a table.
 *
 * @param inserted as new ones
 * @param updated in the place of other values
 * @param unchanged that were there with the same values
 * @param ignored because their keys were there
 * @param superseded by others of the same key in the input
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"inserted", "updated", "unchanged", "ignored", "superseded"})
public record LoadedPartial(long inserted, long updated, long unchanged, long ignored, long superseded)
        implements Partial {
    /** No rows. */
    public static final LoadedPartial NONE = new LoadedPartial(0, 0, 0, 0, 0);

    /** Both together. */
    public LoadedPartial plus(LoadedPartial other) {
        return new LoadedPartial(
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                ignored + other.ignored,
                superseded + other.superseded);
    }
}
