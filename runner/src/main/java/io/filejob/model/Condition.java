package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** A Kubernetes condition. */
@JsonPropertyOrder({"type", "status", "reason", "message", "lastTransitionTime", "observedGeneration"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @JsonPropertyDescription("What it is about, for example Complete or Failed.") @Required
        String type,

        @JsonPropertyDescription("True, False or Unknown.") @Required
        String status,

        @JsonPropertyDescription("Why, in a word, for programs.") @Required
        String reason,

        @JsonPropertyDescription("Why, in a sentence, for people.") @Required
        String message,

        @JsonPropertyDescription("Since when the status is what it is, RFC 3339.") @Required
        String lastTransitionTime,

        @JsonPropertyDescription("The metadata.generation that it is about; absent in local runs.") @Nullable
        Long observedGeneration) {}
