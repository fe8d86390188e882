package io.filejob.csv;

import io.filejob.failure.ExitCode;
import io.filejob.failure.JobFailedException;
import java.io.IOException;

/** The beginning of a file: skips a byte order mark and detects files that are not text. */
final class FileStart {
    private static final int MARK = 3;

    private FileStart() {}

    /**
     * Returns the index of the first byte of text for a window at offset 0; throws {@link JobFailedException} if it is not
     * UTF-8 text.
     */
    static int skipMark(Window window, long until) throws IOException {
        int enough = Math.min(BinaryFormat.LENGTH, window.capacity());
        while (window.end < enough && window.more(0, until)) {
            // A small buffer is filled in several steps.
        }
        String binary =
                BinaryFormat.of(window.bytes, Math.min(window.end, enough)).orElse(null);
        if (binary != null) {
            throw new JobFailedException(ExitCode.BAD_INPUT, window.name() + ": " + binary);
        }
        return at(window, 0) == 0xEF && at(window, 1) == 0xBB && at(window, 2) == 0xBF ? MARK : 0;
    }

    private static int at(Window window, int index) {
        return index < window.end ? window.bytes[index] & 0xFF : -1;
    }
}
