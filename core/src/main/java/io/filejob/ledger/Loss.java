package io.filejob.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Objects;

/**
 * A result in a ledger that is no longer valid: a file that it refers to was found damaged or missing, or a redrive does
 * again the part of it that failed. Its slice is repeated.
 *
 * @param slice the slice
 * @param attempt the attempt that has the result in its ledger
 * @param index the result's index in that ledger, which only grows
 * @param file the name of the file among the partial results; {@link #REDRIVEN} if the result is redriven
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"slice", "attempt", "index", "file"})
public record Loss(int slice, String attempt, int index, String file) {
    /**
     * Maximum number of lost results of a slice that one worker reports, since the cause may be its own node; after
     * that, the worker fails.
     */
    public static final int MAX_BY_WORKER = 3;

    /** Stands for the name of a file if the result is redriven; no partial result has this name. */
    private static final String REDRIVEN = "/redriven";

    /** Accepts missing components, as damaged ledgers may have them. */
    public Loss {
        Objects.requireNonNull(attempt);
        Objects.requireNonNull(file);
    }

    /** Returns the entry that makes the slice of a result with failures be done again. */
    public static Loss redriven(int slice, String attempt, int index) {
        return new Loss(slice, attempt, index, REDRIVEN);
    }

    /** Returns whether a redrive does the slice again, so that no partial result is lost. */
    @JsonIgnore
    public boolean isRedriven() {
        return file.equals(REDRIVEN);
    }
}
