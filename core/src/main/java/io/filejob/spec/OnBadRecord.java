package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How bad records are handled. */
public enum OnBadRecord {
    /** The job fails soon after a bad record is found. */
    @JsonProperty("fail")
    FAIL,
    /** Bad records are counted and skipped, and the first ten are shown. */
    @JsonProperty("skip")
    SKIP
}
