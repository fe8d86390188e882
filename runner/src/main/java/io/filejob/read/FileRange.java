package io.filejob.read;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What to read: the records of one file whose first byte lies in {@code [from, to)}.
 *
 * @param path the file
 * @param size the whole file's size in bytes, as pinned by the plan; a file of any other size is refused
 * @param from the first byte
 * @param to one after the last byte, at most {@code size}
 * @param start where the first record starts, if known: at least {@code from}; from {@code to} on there is nothing to
 *     read
 */
public record FileRange(Path path, long size, long from, long to, OptionalLong start) {
    public FileRange {
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException("not a range of " + size + " bytes: [" + from + ", " + to + ")");
        }
        if (start.isPresent() && (start.getAsLong() < from || start.getAsLong() > size)) {
            throw new IllegalArgumentException("no start in [" + from + ", " + size + "]: " + start.getAsLong());
        }
    }
}
