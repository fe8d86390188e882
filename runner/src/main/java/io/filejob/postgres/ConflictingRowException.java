package io.filejob.postgres;

import io.filejob.csv.InputPosition;

/** A row of the input that cannot be loaded, detected when all rows were in the staging tables. */
public final class ConflictingRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long position;
    private final String reason;
    private final String key;

    ConflictingRowException(Merging.Culprit culprit, String reason) {
        super(reason);
        this.position = culprit.position();
        this.key = culprit.key();
        this.reason = reason;
    }

    /** Returns the row's position in the input, see {@link InputPosition}. */
    public long position() {
        return position;
    }

    /** Returns the reason why the row cannot be loaded. */
    public String reason() {
        return reason;
    }

    /** Returns the values of the row's key. */
    public String key() {
        return key;
    }
}
