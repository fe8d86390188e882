package io.filejob.read;

/** Is told of every bad record, not only of those that are shown. */
@FunctionalInterface
public interface BadRecordSink {
    /** Nobody wants to know. */
    BadRecordSink NONE = (bad, bytes, from, to) -> {};

    /** {@code bytes[from, to)} is the whole record without its line break. */
    void add(BadRecord bad, byte[] bytes, int from, int to);
}
