package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a job stands, for people. */
public enum Phase {
    /** Nothing has been done yet. */
    @JsonProperty("Pending")
    PENDING,
    /** It is known what is to be done. */
    @JsonProperty("Planned")
    PLANNED,
    /** Workers are at it. */
    @JsonProperty("Running")
    RUNNING,
    /** All slices are done; their results are put together. */
    @JsonProperty("Merging")
    MERGING,
    /** All slices are merged and the result is there. */
    @JsonProperty("Complete")
    COMPLETE,
    /** It cannot be completed. */
    @JsonProperty("Failed")
    FAILED,
    /** It stands still because {@code suspend} is set; what is done stays done. */
    @JsonProperty("Suspended")
    SUSPENDED
}
