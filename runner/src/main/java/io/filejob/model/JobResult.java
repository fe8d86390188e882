package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/** What came out. */
@JsonPropertyOrder({"average", "uri", "bytes", "digest"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        @JsonPropertyDescription(
                "The mean as an exact decimal in plain notation; absent where there was nothing to average.")
        @Nullable
        String average,

        @JsonPropertyDescription("The output file, where one was asked for.") @Nullable
        String uri,

        @JsonPropertyDescription("That file's size.") @Nullable
        Long bytes,

        @JsonPropertyDescription(
                "SHA-256 of the output file's bytes or, without one, of this object but for the digest as canonical JSON (RFC 8785): sha256: and hexadecimal.")
        @Nullable
        String digest) {}
