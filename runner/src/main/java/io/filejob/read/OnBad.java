package io.filejob.read;

/** What a bad record does. */
public enum OnBad {
    /** It stops the reading. */
    FAIL,
    /** It is counted, sampled and left out. */
    SKIP
}
