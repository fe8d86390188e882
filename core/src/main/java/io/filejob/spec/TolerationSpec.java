package io.filejob.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.filejob.validation.CheckedBy;
import org.jspecify.annotations.Nullable;

/** A toleration for nodes with a taint, as in a Pod. */
@JsonPropertyOrder({"key", "operator", "value", "effect", "tolerationSeconds"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@CheckedBy(TolerationRules.class)
public record TolerationSpec(
        @JsonPropertyDescription("The key of the taint. If absent, with operator: Exists, every taint is tolerated.")
        @Pattern(PodSpec.QUALIFIED_NAME)
        @Size(max = PodSpec.MAX_KEY_LENGTH)
        @Nullable
        String key,

        @JsonPropertyDescription("How key and value are compared. If absent, Equal.") @Nullable
        Operator operator,

        @JsonPropertyDescription("With operator: Equal, the value of the taint.")
        @Pattern(PodSpec.LABEL_VALUE)
        @Size(max = PodSpec.MAX_VALUE_LENGTH)
        @Nullable
        String value,

        @JsonPropertyDescription("The effect of the taint. If absent, every effect is tolerated.") @Nullable
        Effect effect,

        @JsonPropertyDescription("With effect: NoExecute, how long a pod stays on a node with the taint, in seconds.")
        @Nullable
        Long tolerationSeconds) {
    /** How a toleration matches a taint. */
    public enum Operator {
        /** Any value matches. */
        @JsonProperty("Exists")
        EXISTS,
        /** The values must be equal. */
        @JsonProperty("Equal")
        EQUAL
    }

    /** The effect of a taint on pods that do not tolerate it. */
    public enum Effect {
        /** They are not scheduled there. */
        @JsonProperty("NoSchedule")
        NO_SCHEDULE,
        /** They are scheduled there only if no other node fits. */
        @JsonProperty("PreferNoSchedule")
        PREFER_NO_SCHEDULE,
        /** They are evicted from there. */
        @JsonProperty("NoExecute")
        NO_EXECUTE
    }
}
