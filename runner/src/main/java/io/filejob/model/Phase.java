package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a job stands, for people. */
public enum Phase {
    /** All slices are merged and the result is there. */
    @JsonProperty("Complete")
    COMPLETE,
    /** It cannot be completed. */
    @JsonProperty("Failed")
    FAILED
}
