package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import io.filejob.coverage.Coverage;
import io.filejob.status.RowCounts;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contribution of a slice to the result: an immutable record, by default the same for all workers that process the slice. The
 * operation that declares it gives it a name in ledgers ({@link io.filejob.spec.OperationDeclaration#partials}).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonTypeIdResolver(PartialNames.class)
public interface Partial {
    /** Returns the names of the files, in the folder of partial results, that hold the rest of the contribution. */
    default Stream<String> files() {
        return Stream.empty();
    }

    /** Returns whether the contribution is too large to be merged without a reduce stage. */
    default boolean needsReduce() {
        return false;
    }

    /**
     * Returns the number of parts of the contribution that have failed, for example images: 0 or more. A redrive does
     * the slice again unless it is 0.
     */
    default long failures() {
        return 0;
    }

    /**
     * Returns the {@link Coverage#basis} from which the contribution was computed; null if it fits any basis.
     */
    default @Nullable String basis() {
        return null;
    }

    /**
     * Returns whether this contribution can be used instead of {@code other}, of another copy of the slice. Contributions
     * are equal by default, so that a copy that differs shows an error.
     */
    default boolean canReplace(Partial other) {
        return equals(other);
    }

    /** Returns the numbers of records other than rows, such as images; those rejected count as bad records. */
    default RowCounts records() {
        return RowCounts.NONE;
    }

    /** Appends a text that determines the content; contributions that agree have the same text. */
    default void appendBasis(StringBuilder text) {
        text.append(this);
    }
}
