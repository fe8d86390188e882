package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What was planned. */
@JsonPropertyOrder({"fingerprint", "stages", "inputs", "bytes"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanStatus(
        @JsonPropertyDescription("SHA-256 over the spec and what identifies the inputs: sha256: and hexadecimal.")
        @Required
        String fingerprint,

        @JsonPropertyDescription("How many stages the slices form.") @Required
        int stages,

        @JsonPropertyDescription("How many files.") @Required
        long inputs,

        @JsonPropertyDescription(
                "How many bytes they hold; absent where they are generated, since that shows only as they are written.")
        @Nullable
        Long bytes) {}
