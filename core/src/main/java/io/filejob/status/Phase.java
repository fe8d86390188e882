package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The phase of a job, for people. */
public enum Phase {
    /** The job is not planned yet. */
    @JsonProperty("Pending")
    PENDING,
    /** The slices are planned. */
    @JsonProperty("Planned")
    PLANNED,
    /** At least one worker is running. */
    @JsonProperty("Running")
    RUNNING,
    /** All slices are done, and their results are being merged. */
    @JsonProperty("Merging")
    MERGING,
    /** All slices are merged, and the result is available. */
    @JsonProperty("Complete")
    COMPLETE,
    /** The job cannot be completed. */
    @JsonProperty("Failed")
    FAILED,
    /** The job is suspended; finished slices are kept. */
    @JsonProperty("Suspended")
    SUSPENDED
}
