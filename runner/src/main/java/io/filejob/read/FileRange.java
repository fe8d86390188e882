package io.filejob.read;

import java.util.OptionalLong;

/**
 * What to read: the records of one input whose first byte lies in {@code [from, to)}.
 *
 * @param source the input
 * @param from the first byte
 * @param to one after the last byte, at most the source's size; {@link Long#MAX_VALUE} of a source of unknown size, which is
 *     read whole
 * @param start where the first record starts, if known: at least {@code from}; from {@code to} on there is nothing to
 *     read
 */
public record FileRange(ByteSource source, long from, long to, OptionalLong start) {
    public FileRange {
        long size = source.size() == ByteSource.UNKNOWN ? Long.MAX_VALUE : source.size();
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException("not a range of " + size + " bytes: [" + from + ", " + to + ")");
        }
        if (start.isPresent() && (start.getAsLong() < from || start.getAsLong() > size)) {
            throw new IllegalArgumentException("no start in [" + from + ", " + size + "]: " + start.getAsLong());
        }
    }

    /** All of {@code source}. */
    public static FileRange whole(ByteSource source) {
        return new FileRange(
                source, 0, source.size() == ByteSource.UNKNOWN ? Long.MAX_VALUE : source.size(), OptionalLong.of(0));
    }
}
