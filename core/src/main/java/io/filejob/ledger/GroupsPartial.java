package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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

    @Override
    public Stream<String> files() {
        return runs.stream().map(SpillFile::name);
    }

    @Override
    public boolean needsReduce() {
        return !runs.isEmpty();
    }

    /** Leaves out the samples of keys, since they follow from the index, and its checksum is included. */
    @Override
    public void appendBasis(StringBuilder text) {
        text.append(inline.base64());
        for (SpillFile run : runs) {
            text.append(' ').append(run.name());
            text.append(' ').append(run.sorted()).append(' ').append(run.start());
            text.append(' ').append(run.records()).append(' ').append(run.bytes());
            text.append(' ').append(run.indexBytes()).append(' ').append(run.checksum());
        }
    }
}
