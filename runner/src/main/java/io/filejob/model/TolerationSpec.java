package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A taint of nodes that workers put up with, as in a Pod. */
@JsonPropertyOrder({"key", "operator", "value", "effect", "tolerationSeconds"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
        field = "value",
        holds = "!has(self.value) || self.value == '' || !has(self.operator) || self.operator != 'Exists'",
        message = Words.VALUE_OF_EXISTS)
@Rule(
        field = "key",
        holds = "has(self.key) || (has(self.operator) && self.operator == 'Exists')",
        message = Words.KEY_OF_EQUAL)
@Rule(
        field = "tolerationSeconds",
        holds = "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
        message = Words.SECONDS_WITHOUT_EFFECT)
public record TolerationSpec(
        @JsonPropertyDescription("The taint's key; every taint if absent, with operator: Exists.")
        @Pattern(PodSpec.QUALIFIED_NAME)
        @Size(max = PodSpec.LONGEST_KEY)
        @Nullable
        String key,

        @JsonPropertyDescription("How the key and value are compared; Equal if absent.") @Nullable
        Operator operator,

        @JsonPropertyDescription("The taint's value, with operator: Equal.")
        @Pattern(PodSpec.LABEL_VALUE)
        @Size(max = PodSpec.LONGEST_VALUE)
        @Nullable
        String value,

        @JsonPropertyDescription("The taint's effect; every effect if absent.") @Nullable
        Effect effect,

        @JsonPropertyDescription("How long to stay on a node with that taint, in seconds, with effect: NoExecute.")
        @Nullable
        Long tolerationSeconds) {
    /** How a toleration compares. */
    public enum Operator {
        /** Any value will do. */
        @JsonProperty("Exists")
        EXISTS,
        /** The values are the same. */
        @JsonProperty("Equal")
        EQUAL
    }

    /** What a taint does to pods that do not tolerate it. */
    public enum Effect {
        /** They are not placed there. */
        @JsonProperty("NoSchedule")
        NO_SCHEDULE,
        /** They are placed there only if need be. */
        @JsonProperty("PreferNoSchedule")
        PREFER_NO_SCHEDULE,
        /** They are removed from there. */
        @JsonProperty("NoExecute")
        NO_EXECUTE
    }
}
