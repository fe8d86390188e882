package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources of a worker's pod. */
@JsonPropertyOrder({"requests", "limits"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourcesSpec(
        @JsonPropertyDescription("What a worker is sure to get, by resource, for example {cpu: 500m, memory: 1Gi}.")
        @Size(max = ResourcesSpec.MOST)
        @Nullable
        Map<@Pattern(PodSpec.QUALIFIED_NAME) @Size(max = PodSpec.LONGEST_KEY) String, ResourceQuantity> requests,

        @JsonPropertyDescription("What a worker cannot use more of, by resource.")
        @Size(max = ResourcesSpec.MOST)
        @Nullable
        Map<@Pattern(PodSpec.QUALIFIED_NAME) @Size(max = PodSpec.LONGEST_KEY) String, ResourceQuantity> limits) {
    static final long MOST = 16;

    /** Keeps copies. */
    public ResourcesSpec {
        requests = requests == null ? null : Map.copyOf(requests);
        limits = limits == null ? null : Map.copyOf(limits);
    }
}
