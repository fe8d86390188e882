package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bad records of a job. */
@JsonPropertyOrder({"uri", "samples"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rejected(
        @JsonPropertyDescription("The file with all bad records, if rejects is set.") @Nullable
        String uri,

        @JsonPropertyDescription("The first bad records, at most " + Rejected.MAX_SAMPLES + ", in file order.")
        @Required
        List<RejectedRecord> samples) {
    /** The maximum number of samples. */
    public static final int MAX_SAMPLES = 10;
}
