package io.filejob.csv;

/** Receives every bad record, not only the samples that are shown. */
public interface BadRecordSink {
    /** Ignores all bad records. */
    BadRecordSink NONE = new BadRecordSink() {
        @Override
        public void add(BadRecord bad, byte[] bytes, int from, int to) {
            // Bad records are only counted here.
        }

        @Override
        public boolean wantsAll() {
            return false;
        }
    };

    /** Announces that a range is about to be read; its first record starts at byte {@code offset} of the input. */
    default void start(long offset) {}

    /** Takes one bad record: {@code bytes[from, to)} is the whole record without its line break. */
    void add(BadRecord bad, byte[] bytes, int from, int to);

    /** Returns whether records beyond the shown samples are wanted, too. */
    default boolean wantsAll() {
        return true;
    }
}
