package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.coverage.Coverage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One merged range of keys.
 *
 * @param part the name of the file with its rows among the partial results; null if no file is needed
 * @param bytes the size of that file
 * @param checksum CRC-32C of that file
 * @param groups the number of rows
 * @param first the first rows, field by field; null for a missing value
 * @param basis the results from which it was computed: {@link Coverage#basis}; null if an earlier release wrote it
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
        implements Partial {
    /** Refuses values that no range has, as forged ledgers may have them. */
    // The parameters of a compact constructor lose the annotations of their type arguments in the class file.
    public ReducedPartial(
            @Nullable String part,
            long bytes,
            long checksum,
            long groups,
            List<List<@Nullable String>> first,
            @Nullable String basis) {
        Counts.check(bytes, groups);
        first.forEach(Objects::requireNonNull);
        this.part = part;
        this.bytes = bytes;
        this.checksum = checksum;
        this.groups = groups;
        this.first = first;
        this.basis = basis;
    }

    @Override
    public Stream<String> files() {
        return Stream.ofNullable(part);
    }
}
