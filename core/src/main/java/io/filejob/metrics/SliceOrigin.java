package io.filejob.metrics;

/** Why a worker processes a slice. */
public enum SliceOrigin {
    /** It belongs to the worker's own share. */
    OWN("own"),
    /** It belongs to another worker's share. */
    STOLEN("stolen"),
    /** The guess of its first record was wrong. */
    REPEATED("repeated");

    private final String text;

    SliceOrigin(String text) {
        this.text = text;
    }

    /** Returns the value of the label {@code origin}. */
    public String text() {
        return text;
    }
}
