package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output as it was written.
 *
 * @param bytes its size
 * @param digest of its bytes, as {@code sha256:} and hexadecimal
 * @param groups how many rows it has, without its header; null if that is not counted
 * @param first the first of them, field by field, null where there is no value
 * @param basis what it was made from: {@link Coverage#basis}; null if an earlier release made it
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"bytes", "digest", "groups", "first", "basis"})
public record PublishedPartial(
        long bytes,
        String digest,
        @Nullable Long groups,
        List<List<@Nullable String>> first,
        @Nullable String basis) implements Partial {}
