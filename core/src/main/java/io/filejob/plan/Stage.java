package io.filejob.plan;

/**
 * Slices that can be processed at the same time. A stage begins when the one before it is covered.
 *
 * @param kind the task of its slices
 * @param first the number of its first slice
 * @param slices the number of its slices
 */
public record Stage(Kind kind, int first, int slices) {
    /** The task of the slices of a stage. */
    public enum Kind {
        /** Reads one part of the input in each slice. */
        MAP,
        /**
         * Merges one range of keys, or loads one part of a table, in each slice; omitted if partial results are small.
         */
        REDUCE,
        /** Writes the merged result to its location, and everything else that is known only at the end. */
        PUBLISH
    }
}
