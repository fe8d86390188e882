package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What to do about a record that cannot be used. */
public enum OnBadRecord {
    /** The job fails soon after one is found. */
    @JsonProperty("fail")
    FAIL,
    /** All are counted, the first ten are shown, the rest of the input is used. */
    @JsonProperty("skip")
    SKIP
}
