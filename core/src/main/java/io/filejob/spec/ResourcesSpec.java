package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import io.filejob.value.ResourceQuantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources of a worker's pod. */
@JsonPropertyOrder({"requests", "limits"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(ResourcesRules.class)
public record ResourcesSpec(
        @JsonPropertyDescription("The resources reserved for a worker, for example {cpu: 500m, memory: 1Gi}.")
        @Size(max = ResourcesSpec.MAX)
        @Nullable
        Map<@Pattern(PodSpec.QUALIFIED_NAME) @Size(max = PodSpec.MAX_KEY_LENGTH) String, ResourceQuantity> requests,

        @JsonPropertyDescription("The maximum resources of a worker, for example {memory: 1Gi}.")
        @Size(max = ResourcesSpec.MAX)
        @Nullable
        Map<@Pattern(PodSpec.QUALIFIED_NAME) @Size(max = PodSpec.MAX_KEY_LENGTH) String, ResourceQuantity> limits) {
    static final long MAX = 16;

    /** Copies the maps. */
    public ResourcesSpec {
        requests = requests == null ? null : Map.copyOf(requests);
        limits = limits == null ? null : Map.copyOf(limits);
    }
}
