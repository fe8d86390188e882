package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.filejob.coverage.Coverage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The published output.
 *
 * @param bytes its size
 * @param digest of its bytes, as {@code sha256:} and hexadecimal
 * @param groups the number of rows, without the header; null if rows are not counted
 * @param first the first rows, field by field, with null for a missing value; of an ingest, its {@link RefreshedTable}s
 * @param basis the results from which it was computed: {@link Coverage#basis}; null if an earlier release wrote it
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"bytes", "digest", "groups", "first", "basis"})
public record PublishedPartial(
        long bytes,
        String digest,
        @Nullable Long groups,
        List<List<@Nullable String>> first,
        @Nullable String basis) implements Partial {
    /** Refuses values that no output has, as forged ledgers may have them. */
    // The parameters of a compact constructor lose the annotations of their type arguments in the class file.
    public PublishedPartial(
            long bytes,
            String digest,
            @Nullable Long groups,
            List<List<@Nullable String>> first,
            @Nullable String basis) {
        Counts.check(bytes, groups == null ? 0 : groups);
        Objects.requireNonNull(digest);
        first.forEach(Objects::requireNonNull);
        this.bytes = bytes;
        this.digest = digest;
        this.groups = groups;
        this.first = first;
        this.basis = basis;
    }

    /** Returns whether the same bytes were published; tables that others write may have other rows at another time. */
    @Override
    public boolean canReplace(Partial other) {
        return other instanceof PublishedPartial published
                && equals(new PublishedPartial(
                        published.bytes, published.digest, published.groups, first, published.basis));
    }
}
