package io.filejob.read;

/** Is told of every bad record, not only of those that are shown. */
public interface BadRecordSink {
    /** Nobody wants to know. */
    BadRecordSink NONE = new BadRecordSink() {
        @Override
        public void add(BadRecord bad, byte[] bytes, int from, int to) {
            // Nobody wants to know.
        }

        @Override
        public boolean wantsAll() {
            return false;
        }
    };

    /** The reading of a range starts, whose first record starts at byte {@code offset} of its input. */
    default void start(long offset) {}

    /** {@code bytes[from, to)} is the whole record without its line break. */
    void add(BadRecord bad, byte[] bytes, int from, int to);

    /** Whether it is to be told of those that are not shown. */
    default boolean wantsAll() {
        return true;
    }
}
