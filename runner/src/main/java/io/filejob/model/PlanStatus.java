package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What was planned.
 *
 * @param fingerprint SHA-256 over the spec and what identifies the inputs: {@code sha256:} and hexadecimal
 * @param stages how many stages the slices form
 * @param inputs how many files
 * @param bytes how many bytes they hold; absent where they are generated, since that shows only as they are written
 */
@JsonPropertyOrder({"fingerprint", "stages", "inputs", "bytes"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanStatus(
        String fingerprint,
        int stages,
        long inputs,
        @Nullable Long bytes) {}
