package io.filejob.job;

/**
 * Slices that can be worked on at the same time. A stage begins when the one before it is covered.
 *
 * @param kind what its slices do
 * @param first the number of its first slice
 * @param slices how many there are
 */
public record Stage(Kind kind, int first, int slices) {
    /** What the slices of a stage do. */
    public enum Kind {
        /** Read a part of the input, each by itself. */
        MAP,
        /** Merge one range of keys each, or load one part of a table; not needed where partial results are small. */
        REDUCE,
        /** Write the merged result to its place, and what else is known at the end only. */
        PUBLISH
    }
}
