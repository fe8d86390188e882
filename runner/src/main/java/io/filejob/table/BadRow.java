package io.filejob.table;

import io.filejob.read.InputPosition;

/** A row of the input that cannot be used, found when all were known. */
public final class BadRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long position;
    private final String reason;
    private final String key;

    BadRow(Merging.Culprit culprit, String reason) {
        super(reason);
        this.position = culprit.position();
        this.key = culprit.key();
        this.reason = reason;
    }

    /** Where the row stands, see {@link InputPosition}. */
    public long position() {
        return position;
    }

    /** What is wrong with it. */
    public String reason() {
        return reason;
    }

    /** The values of its key. */
    public String key() {
        return key;
    }
}
