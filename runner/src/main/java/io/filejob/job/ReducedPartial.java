package io.filejob.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One range of keys, merged.
 *
 * @param part the name of the file with its rows among the partial results; null if nobody needs it
 * @param bytes that file's size
 * @param checksum CRC-32C of that file
 * @param groups how many rows it has
 * @param first the first of them, field by field, null where there is no value
 * @param basis what it was made from: {@link Coverage#basis}; null if an earlier release made it
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"part", "bytes", "checksum", "groups", "first", "basis"})
public record ReducedPartial(
        @Nullable String part,
        long bytes,
        long checksum,
        long groups,
        List<List<@Nullable String>> first,
        @Nullable String basis)
        implements Partial {}
