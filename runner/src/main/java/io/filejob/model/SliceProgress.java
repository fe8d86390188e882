package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;

/** How far a job got. */
@JsonPropertyOrder({"total", "done"})
public record SliceProgress(
        @JsonPropertyDescription("Slices planned.") @Required
        int total,

        @JsonPropertyDescription("Slices committed.") @Required
        int done) {}
