package io.filejob.read;

import io.filejob.model.ExitCode;
import io.filejob.model.JobFailure;
import java.io.IOException;

/** The mark that some programs put before a file's text. */
final class ByteOrderMark {
    private static final int LENGTH = 3;

    private ByteOrderMark() {}

    /** The index of the first byte of text, for a window at offset 0; UTF-16 is refused. */
    static int skip(Window window, long until) throws IOException {
        while (window.end < LENGTH && window.more(0, until)) {
            // A small buffer gets there step by step.
        }
        int first = at(window, 0);
        int second = at(window, 1);
        if ((first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE)) {
            throw new JobFailure(
                    ExitCode.BAD_INPUT,
                    window.name() + ": it is UTF-16 by its byte-order mark, and only UTF-8 is read: convert it first");
        }
        return first == 0xEF && second == 0xBB && at(window, 2) == 0xBF ? LENGTH : 0;
    }

    private static int at(Window window, int index) {
        return index < window.end ? window.bytes[index] & 0xFF : -1;
    }
}
