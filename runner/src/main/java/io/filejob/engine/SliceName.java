package io.filejob.engine;

/**
 * Names the files of a slice by the action, the slice's number and the position of its first record, so that two
 * workers that start it at different records never write the same file. For one thread.
 */
public final class SliceName {
    private String stem = "";
    private long fileBegin;
    private boolean started;
    private long start;

    /** Begins the name for {@code action} on slice {@code slice}. */
    void begin(String action, int slice) {
        stem = action + "-" + slice;
        started = false;
    }

    /** Sets the position at which the next file to be read begins. */
    void in(long position) {
        fileBegin = position;
    }

    /**
     * Records that reading starts at byte {@code offset} of the file; only the first call for a slice has an effect.
     */
    void start(long offset) {
        if (!started) {
            started = true;
            start = fileBegin + offset;
        }
    }

    /** Returns the name, which is available once reading has started. */
    public String text() {
        if (!started) {
            throw new IllegalStateException(stem + " has no first record yet");
        }
        return stem + "-from-" + start;
    }
}
