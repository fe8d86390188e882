package io.filejob.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The plan of a job. */
@JsonPropertyOrder({"fingerprint", "stages", "inputs", "bytes"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanStatus(
        @JsonPropertyDescription(
                "The SHA-256 of the spec, the identity of the inputs and the cut, written as sha256: and hexadecimal digits.")
        @Required
        String fingerprint,

        @JsonPropertyDescription("The number of stages.") @Required
        int stages,

        @JsonPropertyDescription("The number of input files.") @Required
        long inputs,

        @JsonPropertyDescription(
                "The size of the input files in bytes; absent for generated files, since it is known only when they are written.")
        @Nullable
        Long bytes) {}
