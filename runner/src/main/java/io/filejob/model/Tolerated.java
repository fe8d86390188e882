package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * How many bad records a job may skip; exactly one of the two is set. More than that fails the job.
 *
 * @param records this many
 * @param percent this many per hundred rows read, 0 to 100
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tolerated(
        @Min(0) @Nullable Long records,
        @Min(0) @Max(100) @Nullable Integer percent) {}
