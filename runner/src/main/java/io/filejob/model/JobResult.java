package io.filejob.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What came out.
 *
 * @param average the mean as an exact decimal in plain notation; absent where there was nothing to average
 * @param uri the output file, where one was asked for
 * @param bytes that file's size
 * @param digest SHA-256 of the output file's bytes or, without one, of this object but for the digest as canonical
 *     JSON (RFC 8785): {@code sha256:} and hexadecimal
 */
@JsonPropertyOrder({"average", "uri", "bytes", "digest"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobResult(
        @Nullable String average,
        @Nullable String uri,
        @Nullable Long bytes,
        @Nullable String digest) {}
