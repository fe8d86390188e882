package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;

/**
 * A result in a ledger that is no longer valid, because a file that it refers to was found damaged or missing; its
 * slice is repeated.
 *
 * @param slice the slice
 * @param attempt the attempt that has the result in its ledger
 * @param index the result's index in that ledger, which only grows
 * @param file the name of the file among the partial results
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"slice", "attempt", "index", "file"})
public record Loss(int slice, String attempt, int index, String file) {
    /**
     * Maximum number of lost results of a slice that one worker reports, since the cause may be its own node; after
     * that, the worker fails.
     */
    public static final int MAX_BY_WORKER = 3;

    /** Accepts missing components, as damaged ledgers may have them. */
    public Loss {
        Objects.requireNonNull(attempt);
        Objects.requireNonNull(file);
    }
}
