package io.filejob.op;

/**
 * Names the files of a slice: by what is done, the slice's number and the position of its first record, so that two workers
 * that start it at different records never write one file. For one thread.
 */
final class SliceName {
    private String stem = "";
    private long fileBegin;
    private boolean started;
    private long start;

    /** From now on the files are those of slice {@code slice}, for which {@code action} is done. */
    void begin(String action, int slice) {
        stem = action + "-" + slice;
        started = false;
    }

    /** What is read next is a file that begins at this position. */
    void in(long position) {
        fileBegin = position;
    }

    /** Reading starts at byte {@code offset} of the file; the first time in a slice counts. */
    void start(long offset) {
        if (!started) {
            started = true;
            start = fileBegin + offset;
        }
    }

    /** The name; known once reading has started. */
    String text() {
        if (!started) {
            throw new IllegalStateException(stem + " has no first record yet");
        }
        return stem + "-from-" + start;
    }
}
