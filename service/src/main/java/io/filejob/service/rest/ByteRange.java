package io.filejob.service.rest;

import io.filejob.service.problem.ProblemException;
import io.filejob.service.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes of a file.
 *
 * @param from the offset of the first byte
 * @param length the number of bytes
 * @param isWhole whether the whole file was requested
 */
record ByteRange(long from, long length, boolean isWhole) {
    private static final Pattern RANGE = Pattern.compile("bytes=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*");

    /**
     * Parses the header {@code Range} for a file of {@code size} bytes. A list of ranges, another unit and a malformed
     * header are ignored, as RFC 9110 allows; throws {@link ProblemException} (416) if the file has no byte in the range.
     */
    static ByteRange parse(@Nullable String header, long size) {
        Matcher parts = RANGE.matcher(header == null ? "" : header.strip());
        if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
            return new ByteRange(0, size, true);
        }
        String first = parts.group(1);
        String last = parts.group(2);
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long to = first.isEmpty() || last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        if (!first.isEmpty() && !last.isEmpty() && Long.parseLong(last) < from) {
            return new ByteRange(0, size, true);
        }
        if (from >= size) {
            throw new ProblemException(
                            ProblemType.RANGE_NOT_SATISFIABLE,
                            "Range: outside of the file (" + header + ", size " + size
                                    + " bytes); request another range")
                    .withHeader("Content-Range", "bytes */" + size);
        }
        return new ByteRange(from, to - from + 1, false);
    }

    /** Returns the value of the header {@code Content-Range}. */
    String header(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
