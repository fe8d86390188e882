package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.filejob.failure.UrlRedaction;
import org.jspecify.annotations.Nullable;

/** A Kubernetes condition. */
@JsonPropertyOrder({"type", "status", "reason", "message", "lastTransitionTime", "observedGeneration"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @JsonPropertyDescription("The type of the condition, for example Complete or Failed.") @Required
        String type,

        @JsonPropertyDescription("The status of the condition: True, False or Unknown.") @Required
        String status,

        @JsonPropertyDescription("The reason for the last transition, as one CamelCase word for programs.") @Required
        String reason,

        @JsonPropertyDescription("The reason for the last transition, as a sentence for people.") @Required
        String message,

        @JsonPropertyDescription("When the status last changed (RFC 3339).") @Required
        String lastTransitionTime,

        @JsonPropertyDescription("The metadata.generation that the condition was computed from; absent in local runs.")
        @Nullable
        Long observedGeneration) {
    /** Masks credentials in URLs of the message. */
    public Condition {
        message = UrlRedaction.of(message);
    }
}
