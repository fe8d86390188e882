package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How many bad records a job may skip. More than that fails the job. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"records", "percent"})
public record Tolerated(
        @JsonPropertyDescription("This many.") @Min(0) @Nullable
        Long records,

        @JsonPropertyDescription("This many per hundred rows read, 0 to 100.") @Min(0) @Max(100) @Nullable
        Integer percent) {}
