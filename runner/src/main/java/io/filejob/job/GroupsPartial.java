package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;

/**
 * The groups of a slice: inline if they are few, otherwise in runs.
 *
 * @param inline the groups themselves; empty if there are only runs
 * @param runs files of sorted groups
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"inline", "runs"})
public record GroupsPartial(InlineGroups inline, List<SpillFile> runs) implements Partial {
    /** Copies {@code runs}. */
    public GroupsPartial {
        Objects.requireNonNull(inline);
        runs = List.copyOf(runs);
    }
}
