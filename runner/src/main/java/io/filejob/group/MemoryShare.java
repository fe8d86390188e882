package io.filejob.group;

import io.filejob.model.MeasureSpec;

/**
 * How the memory of a worker that groups rows is divided. It depends on the spec alone, so that all workers write the same
 * partial results, whatever their heaps.
 *
 * @param memory bytes of {@code spec.memory}
 * @param uses how many texts of a row may be held at a time, at least 1
 */
public record MemoryShare(long memory, int uses) {
    /** Arrays have no more than 2 GiB, so a larger memory is not used. */
    static final long MAX_MEMORY = 2L << 30;

    /** The division for {@code schema}. */
    public static MemoryShare of(GroupSchema schema, long memory) {
        long measures = schema.spec().measures().stream()
                .map(MeasureSpec::column)
                .filter(column -> column != null)
                .count();
        long uses = Math.max(1, measures + schema.spec().rowFilters().size());
        return new MemoryShare(Math.min(memory, MAX_MEMORY), (int) uses);
    }

    /** The most bytes of groups before they become a run; sorting them takes the other half. */
    long table() {
        return memory / 2;
    }

    /**
     * The most bytes of a key, and of a value that a measure or a comparison looks at: a group, which holds one of each, is
     * so never larger than a sixteenth of the memory.
     */
    int longestText() {
        return (int) (memory / 32 / uses);
    }
}
