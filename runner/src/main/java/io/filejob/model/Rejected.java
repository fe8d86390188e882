package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/** What bad records look like. */
@JsonPropertyOrder({"samples"})
public record Rejected(
        @JsonPropertyDescription("The first of the input, at most " + Rejected.MAX_SAMPLES + ", in file order.")
        @Required
        List<RejectedRecord> samples) {
    /** How many are shown. */
    public static final int MAX_SAMPLES = 10;
}
