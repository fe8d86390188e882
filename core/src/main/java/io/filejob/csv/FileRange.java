package io.filejob.csv;

import java.util.OptionalLong;

/**
 * A range of one input: all records with their first byte in {@code [from, to)}.
 *
 * @param source the input
 * @param from offset of the first byte
 * @param to offset after the last byte, at most the source's size; {@link Long#MAX_VALUE} for a source of unknown size,
 *     which is read as a whole
 * @param start offset of the first record, if known: at least {@code from}; the range is empty if it is {@code to} or
 *     more
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

    /** Returns the range that covers all of {@code source}. */
    public static FileRange whole(ByteSource source) {
        return new FileRange(
                source, 0, source.size() == ByteSource.UNKNOWN ? Long.MAX_VALUE : source.size(), OptionalLong.of(0));
    }
}
