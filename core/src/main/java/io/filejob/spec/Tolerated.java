package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.filejob.validation.OneOf;
import org.jspecify.annotations.Nullable;

/** The number of bad records that a job may skip; more than that fail the job. */
@JsonPropertyOrder({"records", "percent"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"records", "percent"})
public record Tolerated(
        @JsonPropertyDescription("The maximum number of bad records.") @Min(0) @Nullable
        Long records,

        @JsonPropertyDescription("The maximum percentage of bad records among the rows read, 0 to 100.")
        @Min(0)
        @Max(100)
        @Nullable
        Integer percent) {}
