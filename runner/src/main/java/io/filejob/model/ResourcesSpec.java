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
@Rule(
        field = "requests",
        holds = "!has(self.requests) || self.requests.all(k, " + ResourcesSpec.KNOWN + ")",
        message = RuleMessages.NOT_A_RESOURCE)
@Rule(
        field = "limits",
        holds = "!has(self.limits) || self.limits.all(k, " + ResourcesSpec.KNOWN + ")",
        message = RuleMessages.NOT_A_RESOURCE)
@Rule(
        field = "requests",
        holds = "!has(self.requests) || !has(self.limits) || [" + ResourcesSpec.COMPRESSIBLE
                + "].all(k, !(k in self.requests) || !(k in self.limits) || !isQuantity(string(self.requests[k]))"
                + " || !isQuantity(string(self.limits[k])) || quantity(string(self.requests[k]))"
                + ".compareTo(quantity(string(self.limits[k]))) <= 0)",
        message = RuleMessages.MORE_THAN_LIMIT)
@Rule(
        field = "requests",
        holds = "!has(self.requests) || self.requests.all(k, k in [" + ResourcesSpec.COMPRESSIBLE
                + "] || (has(self.limits) && k in self.limits"
                + " && string(self.requests[k]) == string(self.limits[k])))",
        message = RuleMessages.OTHER_THAN_LIMIT)
@Rule(
        field = "limits",
        holds = "!has(self.limits) || self.limits.all(k, !k.contains('/') || string(self.limits[k]).matches('^"
                + ResourcesSpec.WHOLE + "$'))",
        message = RuleMessages.NOT_WHOLE)
@Rule(
        field = "limits",
        holds = "!has(self.limits) || !self.limits.exists(k, k.startsWith('" + ResourcesSpec.HUGE_PAGES
                + "')) || 'cpu' in self.limits || 'memory' in self.limits"
                + " || (has(self.requests) && ('cpu' in self.requests || 'memory' in self.requests))",
        message = RuleMessages.HUGE_PAGES_ALONE)
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

    /** Resources with a limit that may exceed the request, as a CEL list. */
    static final String COMPRESSIBLE = "'cpu', 'memory', 'ephemeral-storage'";
    /** The prefix of the names of huge pages. */
    static final String HUGE_PAGES = "hugepages-";
    /** A valid amount of an extended resource. */
    static final String WHOLE = "[0-9]+";
    /** Whether {@code k} is a resource of a container, in CEL. */
    static final String KNOWN = "k in [" + COMPRESSIBLE + "] || k.startsWith('" + HUGE_PAGES
            + "') || (k.contains('/') && !k.startsWith('requests.'))";

    /** Copies the maps. */
    public ResourcesSpec {
        requests = requests == null ? null : Map.copyOf(requests);
        limits = limits == null ? null : Map.copyOf(limits);
    }
}
