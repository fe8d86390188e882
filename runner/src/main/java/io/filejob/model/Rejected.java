package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What bad records look like. */
@JsonPropertyOrder({"uri", "samples"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rejected(
        @JsonPropertyDescription("The file with all of them, where one was asked for.") @Nullable
        String uri,

        @JsonPropertyDescription("The first of the input, at most " + Rejected.MAX_SAMPLES + ", in file order.")
        @Required
        List<RejectedRecord> samples) {
    /** How many are shown. */
    public static final int MAX_SAMPLES = 10;
}
