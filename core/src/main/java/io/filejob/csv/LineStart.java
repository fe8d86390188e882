package io.filejob.csv;

import java.io.IOException;

/**
 * The first line start at or after an offset; exact, with one byte of look-back.
 *
 * <pre>
 *   1 2 . 5 \r \n 7 \n
 *   from = 0: 0      from = 1..6: 6      from = 7, 8: 8      (\r and \n are 4 and 5)
 * </pre>
 */
final class LineStart {
    private LineStart() {}

    /**
     * Finds the line start in the window's file, for {@code from > 0}. Returns the file's size if there is none, or
     * none within the record limit; in the second case an earlier range fails.
     */
    static long find(Window window, long from, long to) throws IOException {
        int p = window.seek(from - 1);
        long giveUp = from + window.recordLimit();
        while (true) {
            p = LineBreaks.next(window.bytes, p, window.end);
            boolean needsMore = p == window.end || (window.bytes[p] == '\r' && p + 1 == window.end);
            if (window.base + p > giveUp) {
                return window.size();
            }
            if (!needsMore) {
                boolean pair = window.bytes[p] == '\r' && window.bytes[p + 1] == '\n';
                return window.base + p + (pair ? 2 : 1);
            }
            if (!window.more(p, to)) {
                return window.size();
            }
            p = 0;
        }
    }
}
