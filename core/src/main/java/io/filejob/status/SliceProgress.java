package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;

/** The progress of a job in slices. */
@JsonPropertyOrder({"total", "done"})
public record SliceProgress(
        @JsonPropertyDescription("The number of slices planned.") @Required
        int total,

        @JsonPropertyDescription("The number of slices committed.") @Required
        int done) {}
