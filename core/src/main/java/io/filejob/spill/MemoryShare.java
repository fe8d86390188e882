package io.filejob.spill;

import io.filejob.group.GroupSchema;
import io.filejob.spec.MeasureSpec;

/**
 * Divides the memory of a worker that groups rows. The division depends only on the spec, so that all workers write the
 * same partial results, whatever their heap size.
 *
 * @param memory {@code spec.memory} in bytes
 * @param uses maximum number of texts of a row held at a time, at least 1
 */
public record MemoryShare(long memory, int uses) {
    /** Arrays are limited to 2 GiB, so more memory is not used. */
    static final long MAX_MEMORY = 2L << 30;

    /** Returns the division for {@code schema}. */
    public static MemoryShare of(GroupSchema schema, long memory) {
        long measures = schema.spec().measures().stream()
                .map(MeasureSpec::column)
                .filter(column -> column != null)
                .count();
        long uses = Math.max(1, measures + schema.spec().rowFilters().size());
        return new MemoryShare(Math.min(memory, MAX_MEMORY), (int) uses);
    }

    /**
     * Returns the limit in bytes for groups in memory, after which they are written as a run; sorting them takes the
     * other half.
     */
    public long table() {
        return memory / 2;
    }

    /**
     * Returns the limit in bytes for a key, and for a value used by a measure or comparison. A group, which holds one
     * of each, is therefore never larger than a sixteenth of the memory.
     */
    public int longestText() {
        return (int) (memory / 32 / uses);
    }
}
