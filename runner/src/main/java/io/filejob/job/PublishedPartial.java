package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The output file as it was written.
 *
 * @param bytes its size
 * @param digest of its bytes, as {@code sha256:} and hexadecimal
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"bytes", "digest"})
public record PublishedPartial(long bytes, String digest) implements Partial {}
