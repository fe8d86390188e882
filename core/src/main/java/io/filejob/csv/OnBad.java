package io.filejob.csv;

/** The reaction to a bad record. */
public enum OnBad {
    /** Stops reading. */
    FAIL,
    /** Counts, samples and skips the record. */
    SKIP
}
