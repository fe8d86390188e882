package io.filejob.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.filejob.spec.Operation;
import io.filejob.spec.aggregate.AggregateSpec;
import io.filejob.spec.average.AverageSpec;
import io.filejob.spec.images.CompressImagesSpec;
import io.filejob.spec.ingest.IngestSpec;
import io.filejob.validation.OneOf;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operation applied to the input; exactly one member is set.
 *
 * @param average the settings of {@code average}
 * @param aggregate the settings of {@code aggregate}
 * @param ingest the settings of {@code ingest}
 * @param compressImages the settings of {@code compressImages}
 * @param others the settings of an operation that is declared outside of the resource definition, by name
 */
@JsonPropertyOrder({"average", "aggregate", "ingest", "compressImages"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@OneOf({"average", "aggregate", "ingest", "compressImages"})
public record OperationSpec(
        @JsonPropertyDescription("Computes the mean of all numbers.") @Nullable
        AverageSpec average,

        @JsonPropertyDescription("Groups rows by keys and computes exact measures of each group.") @Nullable
        AggregateSpec aggregate,

        @JsonPropertyDescription("Loads rows into a PostgreSQL table.") @Nullable
        IngestSpec ingest,

        @JsonPropertyDescription("Fetches, compresses and stores the images that the rows name.") @Nullable
        CompressImagesSpec compressImages,

        @JsonAnySetter @JsonAnyGetter @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, JsonNode> others) {
    /** Copies {@code others}; accepts null for none. */
    public OperationSpec {
        others = others == null ? Map.of() : Map.copyOf(others);
    }

    /** Returns the settings of the member that is set. */
    public Operation chosen() {
        if (average != null) {
            return average;
        }
        if (aggregate != null) {
            return aggregate;
        }
        if (ingest != null) {
            return ingest;
        }
        if (compressImages != null) {
            return compressImages;
        }
        Map.Entry<String, JsonNode> other = others.entrySet().iterator().next();
        return DeclaredOperations.bind(other.getKey(), other.getValue());
    }
}
